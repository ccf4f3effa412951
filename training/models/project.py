"""A project: one locale on one resource."""

from django.db import models
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from training.models.base_model import BaseModel
from training.models.remote import RemoteObject
from training.models.resource import Resource


class Project(RemoteObject):
    """Holds the datasets, models, tests and endpoints of one locale."""

    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="projects")
    locale = models.CharField(_("locale"), max_length=20)
    is_sample = models.BooleanField(default=False, editable=False)

    @property
    def is_ready(self) -> bool:
        """Whether the service knows the project. A project has no status of its own."""
        return bool(self.remote_self)

    @property
    def base_models(self) -> "QuerySet[BaseModel]":
        """What its resource offers for its locale, newest first."""
        return BaseModel.objects.filter(resource=self.resource, locale=self.locale)

    def get_absolute_url(self) -> str:
        """Its first page."""
        return reverse("project", args=[self.pk])
