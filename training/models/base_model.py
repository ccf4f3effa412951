"""A base model that a resource offers."""

from datetime import datetime

from django.db import models
from django.db.models import Case, Value, When
from django.utils import timezone

from training.models.resource import Resource
from training.speechapi.types import last_segment

# Base models with one of these in their names are no releases of the service's usual model.
FAMILIES = ("Whisper", "Phonemes")


class BaseModel(models.Model):
    """A release of the service's own model. Its dates are the service's, never computed."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="base_models")
    remote_self = models.CharField(max_length=400)
    display_name = models.CharField(max_length=200)
    description = models.TextField(default="", blank=True)
    locale = models.CharField(max_length=20)
    status = models.CharField(max_length=20, default="")
    remote_created_at = models.DateTimeField(null=True)
    adaptation_expires_at = models.DateTimeField(null=True)
    transcription_expires_at = models.DateTimeField(null=True)
    charged_for_adaptation = models.BooleanField(null=True)
    adaptation_kinds = models.JSONField(default=list)
    raw = models.JSONField(default=dict)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-remote_created_at", "-display_name"]
        constraints = [
            models.UniqueConstraint(fields=["resource", "remote_self"], name="one_row_a_base_model")
        ]
        indexes = [models.Index(fields=["resource", "locale"])]

    def __str__(self) -> str:
        return self.display_name

    @property
    def remote_id(self) -> str:
        """The last segment of `self`."""
        return last_segment(self.remote_self)

    @property
    def family(self) -> str:
        """Another kind of network than the service's usual one; "" for that."""
        name = self.display_name.lower()
        return next((one for one in FAMILIES if one.lower() in name), "")

    def can_adapt(self, now: datetime | None = None) -> bool:
        """Whether a model can still be trained from it."""
        ends = self.adaptation_expires_at
        return bool(self.adaptation_kinds) and (ends is None or ends > (now or timezone.now()))


def family_of(path: str = "") -> Case:
    """`BaseModel.family` in a query; `path` leads to the base model, such as "base_model__"."""
    named = [When(**{f"{path}display_name__icontains": one}, then=Value(one)) for one in FAMILIES]
    return Case(*named, default=Value(""), output_field=models.CharField())
