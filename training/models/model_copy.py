"""A copy of a model on its way to another resource."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from training.models.audited import AuditedManager
from training.models.custom_model import CustomModel
from training.models.project import Project
from training.models.resource import Resource


class ModelCopy(models.Model):
    """One model to one project of another resource.

    `authorization` is the target's permission, kept before it is used: the same one again gives
    the same copy. `copied_self` is the new model at the target, and `result` our row of it. The
    source's name and resource stay here when the source is deleted.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Queued")
        COPYING = "copying", _("Copying")
        CONNECTING = "connecting", _("Connecting")
        SUCCEEDED = "succeeded", _("Copied")
        FAILED = "failed", _("Failed")

    submission_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    source = models.ForeignKey(
        CustomModel, null=True, on_delete=models.SET_NULL, related_name="copies"
    )
    source_name = models.CharField(max_length=200)
    source_resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="copies_to")
    display_name = models.CharField(_("name"), max_length=200)
    result = models.OneToOneField(
        CustomModel, null=True, on_delete=models.SET_NULL, related_name="origin"
    )
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    authorization = models.JSONField(default=dict)
    operation = models.CharField(max_length=400, default="", blank=True)
    copied_self = models.CharField(max_length=400, default="", blank=True)
    error_code = models.CharField(max_length=100, default="", blank=True)
    error_message = models.TextField(default="", blank=True)
    trouble = models.TextField(default="", blank=True)

    objects: ClassVar[AuditedManager[Self]] = AuditedManager()

    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    began_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        values = {"name": self.display_name, "project": self.project}
        return str(_("%(name)s to %(project)s") % values)

    def get_absolute_url(self) -> str:
        """Where its progress is shown: the source's page, else the copy's."""
        if self.source is not None:
            return self.source.get_absolute_url()
        if self.result is not None:
            return self.result.get_absolute_url()
        return reverse("models", args=[self.project_id])

    @property
    def status(self) -> str:
        """The state in the API's words, for its badge."""
        running = self.state in {self.State.COPYING, self.State.CONNECTING}
        return "Running" if running else ""

    @property
    def submission(self) -> str:
        """The state in our own words, for its badge."""
        return str(self.state)

    @property
    def status_word(self) -> Any:
        """One word for a person."""
        return self.State(self.state).label

    @property
    def has_failed(self) -> bool:
        """Whether it ended without a copy."""
        return self.state == self.State.FAILED

    @property
    def succeeded(self) -> bool:
        """Whether the copy stands in its project."""
        return self.state == self.State.SUCCEEDED

    @property
    def is_final(self) -> bool:
        """Whether nothing more happens by itself."""
        return self.has_failed or self.succeeded
