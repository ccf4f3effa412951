"""A person who signs in."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone


class User(AbstractUser):
    """A local account. Staff are the administrators who keep the resources and keys.

    `preferences` holds how this person wants lists shown; notices are news since `noticed_at`.
    """

    preferences = models.JSONField(default=dict, editable=False)
    noticed_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.get_full_name() or self.username
