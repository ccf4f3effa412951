"""What a service has and no project here."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from training.enums import FINAL, Status, Submission
from training.models.resource import Resource
from training.speechapi.types import last_segment


class FoundObject(models.Model):
    """An object that was made elsewhere and belongs to no project that is known here.

    `project_link` names its project on the service, if it has one; `obstacle` says what keeps it
    out of a project that is known here. Projects made elsewhere stand here too.
    """

    class Kind(models.TextChoices):
        PROJECT = "project", _("Project")
        DATASET = "dataset", _("Dataset")
        MODEL = "custommodel", _("Model")
        TEST = "evaluation", _("Test")
        ENDPOINT = "endpoint", _("Endpoint")

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="found_objects")
    kind = models.CharField(max_length=12, choices=Kind)
    remote_self = models.CharField(max_length=400)
    display_name = models.CharField(max_length=200)
    description = models.TextField(default="", blank=True)
    locale = models.CharField(max_length=20, default="", blank=True)
    status = models.CharField(max_length=20, default="", blank=True)
    error_code = models.CharField(max_length=100, default="", blank=True)
    error_message = models.TextField(default="", blank=True)
    project_link = models.CharField(max_length=400, default="", blank=True)
    obstacle = models.TextField(default="", blank=True)
    transcription_expires_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    raw = models.JSONField(default=dict)

    trouble = ""
    submission = Submission.SUBMITTED

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["resource", "remote_self"], name="one_row_found")
        ]
        indexes = [models.Index(fields=["resource", "kind"])]

    def __str__(self) -> str:
        return self.display_name

    def get_absolute_url(self) -> str:
        """The list that it stands in."""
        return f"{reverse('elsewhere', args=[self.resource_id])}?q={self.remote_id}"

    @property
    def remote_id(self) -> str:
        """The last segment of `self`."""
        return last_segment(self.remote_self)

    @property
    def is_final(self) -> bool:
        """Whether the service will not change the status any more."""
        return self.status in FINAL

    @property
    def has_failed(self) -> bool:
        """Whether it failed at the service."""
        return self.status == Status.FAILED

    @property
    def succeeded(self) -> bool:
        """Whether it can be used."""
        return self.status == Status.SUCCEEDED

    @property
    def status_word(self) -> Any:
        """One word for a person."""
        return Status(self.status).label if self.status in Status.values else self.status
