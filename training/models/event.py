"""What happened: the lines of the Activity page."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from training.models.project import Project

_KINDS = {
    "project": _("project"),
    "dataset": _("dataset"),
    "custommodel": _("model"),
    "evaluation": _("test"),
    "endpoint": _("endpoint"),
}


class Event(models.Model):
    """One thing that a person or a service did. It keeps the name of what may be deleted later."""

    class Verb(models.TextChoices):
        CREATED = "created", _("created")
        SUCCEEDED = "succeeded", _("succeeded")
        FAILED = "failed", _("failed")
        DELETED = "deleted", _("deleted")
        CHANGED = "changed", _("changed")

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
    def kind_label(self) -> str:
        """What it happened to, in a word."""
        return str(_KINDS.get(self.kind, self.kind))
