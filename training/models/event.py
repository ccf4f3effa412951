"""What happened: the lines of the Activity page."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from training.models.project import Project

_KINDS = {
    "project": _("project"),
    "dataset": _("dataset"),
    "custommodel": _("model"),
    "evaluation": _("test"),
    "endpoint": _("endpoint"),
    "basemodel": _("baseline model"),
    "foundobject": _("model"),
}
_PAGES = {
    "dataset": "dataset", "custommodel": "model", "evaluation": "test", "endpoint": "endpoint",
}  # fmt: skip


class Event(models.Model):
    """One thing that a person or a service did. It keeps the name of what may be deleted later."""

    class Verb(models.TextChoices):
        CREATED = "created", _("created")
        SUCCEEDED = "succeeded", _("succeeded")
        FAILED = "failed", _("failed")
        DELETED = "deleted", _("deleted")
        CHANGED = "changed", _("changed")
        REMINDED = "reminded", _("expires soon")
        EXPIRED = "expired", _("has expired")
        HANDLED = "handled", _("marked as handled")
        SNOOZED = "snoozed", _("snoozed")
        REOPENED = "reopened", _("reopened")
        PLANNED = "planned", _("planned the renewal of")
        RENEWING = "renewing", _("is being renewed")
        ASKED = "asked", _("waits for a decision on its renewal")
        ACCEPTED = "accepted", _("accepted the renewal of")
        REJECTED = "rejected", _("rejected the renewal of")
        STOPPED = "stopped", _("stopped the renewal of")
        ARCHIVED = "archived", _("archived")
        RESTORED = "restored", _("restored")
        COPYING = "copying", _("began to copy")
        COPIED = "copied", _("has been copied")
        NOT_COPIED = "not_copied", _("could not be copied")
        CONNECTED = "connected", _("connected")
        VANISHED = "vanished", _("was deleted on its service")
        NOT_RENEWED = "not_renewed", _("could not be renewed by its plan")

    at = models.DateTimeField(default=timezone.now, db_index=True)
    verb = models.CharField(max_length=12, choices=Verb)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    project = models.ForeignKey(Project, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    name = models.CharField(max_length=200)
    text = models.TextField(default="", blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["verb", "at"])]

    def __str__(self) -> str:
        return f"{self.name} {self.get_verb_display()}"

    @property
    def url(self) -> str:
        """Page of what it happened to, while there is one; "" when there is none."""
        if self.verb == self.Verb.DELETED:
            return ""
        if self.kind in _PAGES and self.project_id:
            return reverse(_PAGES[self.kind], args=[self.project_id, self.object_id])
        if self.kind == "project":
            return reverse("project", args=[self.object_id])
        return reverse("deadlines") if self.kind in {"basemodel", "foundobject"} else ""

    @property
    def kind_label(self) -> str:
        """What it happened to, in a word."""
        return str(_KINDS.get(self.kind, self.kind))
