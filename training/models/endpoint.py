"""A deployed model."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from training.enums import Status, Submission
from training.models.base_model import BaseModel
from training.models.custom_model import CustomModel
from training.models.project import Project
from training.models.remote import RemoteObject, list_indexes
from training.models.resource import Resource


class Endpoint(RemoteObject):
    """An address that recognises speech with one model.

    `logging_enabled`: whether the service keeps what it hears and answers.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="endpoints")
    custom_model = models.ForeignKey(
        CustomModel, null=True, on_delete=models.SET_NULL, related_name="endpoints"
    )
    base_model = models.ForeignKey(
        BaseModel, null=True, on_delete=models.SET_NULL, related_name="endpoints"
    )
    logging_enabled = models.BooleanField(_("content logging"), default=False)

    class Meta(RemoteObject.Meta):
        abstract = False
        indexes = list_indexes()

    @classmethod
    def live(cls) -> "models.QuerySet[Endpoint]":
        """Those that answer, or soon will."""
        failed = models.Q(status=Status.FAILED) | models.Q(submission=Submission.REFUSED)
        return cls.objects.exclude(failed)

    @property
    def resource(self) -> Resource:
        """The resource that hosts it."""
        return self.project.resource

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("endpoint", args=[self.project_id, self.pk])

    @property
    def model(self) -> CustomModel | BaseModel | None:
        """What it recognises with."""
        return self.custom_model or self.base_model
