"""A custom model."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from training.models.base_model import BaseModel
from training.models.dataset import Dataset
from training.models.project import Project
from training.models.remote import RemoteObject, list_indexes
from training.models.resource import Resource


class CustomModel(RemoteObject):
    """A model adapted from a base model with the project's data.

    `renews` is the older model that it was trained to take the place of.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="models")
    base_model = models.ForeignKey(
        BaseModel, null=True, on_delete=models.PROTECT, related_name="custom_models"
    )
    datasets = models.ManyToManyField(Dataset, related_name="models")
    weight_percent = models.PositiveSmallIntegerField(
        _("weight of the custom model"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    renews = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.SET_NULL, related_name="renewals"
    )
    transcription_expires_at = models.DateTimeField(null=True, db_index=True, editable=False)

    class Meta(RemoteObject.Meta):
        abstract = False
        indexes = list_indexes()

    @property
    def resource(self) -> Resource:
        """The resource that holds it."""
        return self.project.resource

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("model", args=[self.project_id, self.pk])
