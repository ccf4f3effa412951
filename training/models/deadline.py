"""Last days of models, and what people said of them."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from training.models.audited import AuditedManager
from training.models.base_model import BaseModel
from training.models.custom_model import CustomModel
from training.models.endpoint import Endpoint
from training.models.found_object import FoundObject
from training.models.resource import Resource

_SUBJECTS = ("custom_model", "base_model", "endpoint", "found")


def _exactly_one_subject() -> Q:
    found = Q()
    for name in _SUBJECTS:
        empty = {f"{other}__isnull": other != name for other in _SUBJECTS}
        found |= Q(**empty)
    return found


class Deadline(models.Model):
    """The last day of one thing. `at` is the service's own date, never computed.

    An endpoint has the date of the model that it answers with; `found` is a model in no project.
    Handled or snoozed holds for the date for which it was said: when the service names another,
    it counts no more.
    """

    class Kind(models.TextChoices):
        ADAPTATION = "adaptation", _("Adaptation")
        TRANSCRIPTION = "transcription", _("Transcription")
        ENDPOINT = "endpoint", _("Endpoint's model")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=15, choices=Kind)
    at = models.DateTimeField(db_index=True)
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="deadlines")
    custom_model = models.ForeignKey(
        CustomModel, null=True, on_delete=models.CASCADE, related_name="deadlines"
    )
    base_model = models.ForeignKey(
        BaseModel, null=True, on_delete=models.CASCADE, related_name="deadlines"
    )
    endpoint = models.ForeignKey(
        Endpoint, null=True, on_delete=models.CASCADE, related_name="deadlines"
    )
    found = models.ForeignKey(
        FoundObject, null=True, on_delete=models.CASCADE, related_name="deadlines"
    )
    handled_at = models.DateTimeField(null=True)
    snoozed_until = models.DateField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects: ClassVar[AuditedManager[Self]] = AuditedManager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=_exactly_one_subject(), name="deadline_has_subject"),
            *(
                models.UniqueConstraint(fields=[name, "kind"], name=f"one_deadline_a_{name}")
                for name in _SUBJECTS
            ),
        ]

    def __str__(self) -> str:
        return str(self.subject)

    @property
    def subject(self) -> CustomModel | BaseModel | Endpoint | FoundObject | None:
        """Whose last day it is."""
        return self.custom_model or self.base_model or self.endpoint or self.found
