"""An invitation to make an account."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from training.models.audited import AuditedManager
from training.models.user import User

LASTS = timedelta(days=7)


def _in_a_week() -> datetime:
    return timezone.now() + LASTS


class Invitation(models.Model):
    """A link that makes one account, once; only the SHA-256 of its secret is kept."""

    email = models.EmailField(_("email"))
    role = models.CharField(_("role"), max_length=20, choices=User.Rights)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=_in_a_week)
    accepted_by = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="invitation"
    )
    accepted_at = models.DateTimeField(null=True)

    objects: ClassVar[AuditedManager[Self]] = AuditedManager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.email
