"""A deployed model."""

from django.db import models

from training.models.base_model import BaseModel
from training.models.custom_model import CustomModel
from training.models.project import Project
from training.models.remote import RemoteObject, list_indexes
from training.models.resource import Resource


class Endpoint(RemoteObject):
    """An address that recognises speech with one model."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="endpoints")
    custom_model = models.ForeignKey(
        CustomModel, null=True, on_delete=models.SET_NULL, related_name="endpoints"
    )
    base_model = models.ForeignKey(
        BaseModel, null=True, on_delete=models.SET_NULL, related_name="endpoints"
    )

    class Meta(RemoteObject.Meta):
        abstract = False
        indexes = list_indexes()

    @property
    def resource(self) -> Resource:
        """The resource that hosts it."""
        return self.project.resource

    @property
    def model(self) -> CustomModel | BaseModel | None:
        """What it recognises with."""
        return self.custom_model or self.base_model
