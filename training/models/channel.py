"""Where a team wants to be told of news, beside the mail of each person."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from training.models.audited import AuditedManager
from training.models.encrypted import EncryptedTextField
from training.models.project import Project


class Channel(models.Model):
    """A web hook, or a workflow of Microsoft Teams. Whoever knows its address can post to it."""

    class Kind(models.TextChoices):
        WEB_HOOK = "webhook", _("Web hook")
        TEAMS = "teams", _("Microsoft Teams (Workflows)")

    name = models.CharField(_("name"), max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    address = EncryptedTextField(_("address"))
    secret = EncryptedTextField(_("secret"), blank=True, default="")
    project = models.ForeignKey(
        Project, null=True, blank=True, on_delete=models.CASCADE, related_name="channels"
    )
    tells_deadlines = models.BooleanField(_("Deadlines"), default=True)
    tells_results = models.BooleanField(_("What has ended, well or badly"), default=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[AuditedManager[Self]] = AuditedManager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
