"""A project: one locale on one resource."""

from django.db import models
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from training.enums import Role
from training.models.base_model import BaseModel
from training.models.remote import RemoteObject
from training.models.resource import Resource

OPEN_TO = (
    ("", _("does not see it")),
    (Role.VIEWER, _("may look at it")),
    (Role.TRAINER, _("may work in it")),
)


class Project(RemoteObject):
    """Holds the datasets, models, tests and endpoints of one locale.

    An archived one is kept as it is: out of sight, changed by nobody, and without reminders.
    """

    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="projects")
    locale = models.CharField(_("locale"), max_length=20)
    open_to = models.CharField(
        _("everybody else"),
        max_length=10,
        blank=True,
        default=Role.TRAINER,
        choices=OPEN_TO,
    )
    archived_at = models.DateTimeField(null=True, editable=False)
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
