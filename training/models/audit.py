"""The audit: who changed what, when and from where, with the values before and after."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class _Appended(models.QuerySet["AuditEntry"]):
    """Rows that are written once."""

    def update(self, **_values: Any) -> NoReturn:
        """Never."""
        raise TypeError("The audit is only ever added to.")

    def delete(self) -> NoReturn:
        """Never."""
        raise TypeError("The audit is only ever added to.")


class AuditEntry(models.Model):
    """One change. It keeps the names of what and who may be gone later.

    `before` and `after` hold the fields that differ; of secrets only that they differ.
    """

    class Action(models.TextChoices):
        CREATED = "created", _("created")
        CHANGED = "changed", _("changed")
        DELETED = "deleted", _("deleted")
        SIGNED_IN = "signed_in", _("signed in")
        SIGN_IN_FAILED = "sign_in_failed", _("failed to sign in")

    class Source(models.TextChoices):
        PAGE = "page", _("Page")
        COMMAND = "command", _("Command")
        PLAN = "plan", _("Renewal plan")

    at = models.DateTimeField(default=timezone.now, db_index=True, editable=False)
    action = models.CharField(max_length=15, choices=Action, editable=False)
    source = models.CharField(max_length=10, choices=Source, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        editable=False,
    )
    who = models.CharField(max_length=200, editable=False)
    address = models.CharField(max_length=45, blank=True, default="", editable=False)
    request_id = models.CharField(max_length=40, blank=True, default="", editable=False)
    kind = models.CharField(max_length=20, db_index=True, editable=False)
    object_id = models.CharField(max_length=40, editable=False)
    name = models.CharField(max_length=200, editable=False)
    project_name = models.CharField(max_length=200, blank=True, default="", editable=False)
    before = models.JSONField(default=dict, editable=False)
    after = models.JSONField(default=dict, editable=False)

    objects = _Appended.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.who} {self.get_action_display()} {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it, once."""
        if not self._state.adding:
            raise TypeError("The audit is only ever added to.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Never."""
        raise TypeError("The audit is only ever added to.")
