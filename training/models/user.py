"""A person who signs in."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from training.enums import Role
from training.models.audited import PeopleManager


class User(AbstractUser):
    """An account. Staff are the administrators who keep the resources, keys and people.

    `role` is what the person may do in projects that are open to everybody.

    `preferences` holds how this person wants lists shown, and which mail; notices are news since
    `noticed_at`. `calendar_digest` is the SHA-256 of the secret in the calendar's address.
    """

    class Rights(models.TextChoices):
        VIEWER = "viewer", _("Viewer")
        TRAINER = "trainer", _("Trainer")
        ADMINISTRATOR = "administrator", _("Administrator")

    role = models.CharField(
        _("role"), max_length=10, choices=Role.choices[:2], default=Role.TRAINER
    )
    objects: ClassVar[PeopleManager] = PeopleManager()

    preferences = models.JSONField(default=dict, editable=False)
    calendar_digest = models.CharField(
        max_length=64, default="", blank=True, db_index=True, editable=False
    )
    noticed_at = models.DateTimeField(default=timezone.now, editable=False)

    @property
    def rights(self) -> "User.Rights":
        """What the account may do, in one word."""
        return self.Rights.ADMINISTRATOR if self.is_staff else self.Rights(self.role)

    def __str__(self) -> str:
        return self.get_full_name() or self.username
