"""A dataset of a project."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from training.enums import TESTED_WITH, DatasetKind, TestingKind
from training.models.project import Project
from training.models.remote import RemoteObject, list_indexes
from training.models.resource import Resource


class Dataset(RemoteObject):
    """Text or audio, uploaded from our copy of the file or fetched by the service from a URL.

    `report` is what the check before the upload found, see `training/validation/findings.py`.
    A mended copy names its original in `mended_from`, and gets its file by the first check.
    `described_at`: when its words were read from the service, or counted here; None before.
    `new_word_count` is None when the service does not tell which words its base model lacks.
    `strict_base_models` names the base models that leave out a word without pronunciation data.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="datasets")
    kind = models.CharField(_("kind"), max_length=20, choices=DatasetKind)
    file = models.FileField(_("file"), upload_to="datasets/%Y/%m/", blank=True, max_length=300)
    file_name = models.CharField(max_length=255, default="", blank=True, editable=False)
    content_url = models.URLField(_("URL"), blank=True, default="", max_length=2000)
    accepted_line_count = models.PositiveIntegerField(null=True, editable=False)
    rejected_line_count = models.PositiveIntegerField(null=True, editable=False)
    duration = models.DurationField(null=True, editable=False)
    report = models.JSONField(default=dict, editable=False)
    mended_from = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.SET_NULL, related_name="mended"
    )

    word_count = models.PositiveIntegerField(null=True, editable=False)
    vocabulary_size = models.PositiveIntegerField(null=True, editable=False)
    new_word_count = models.PositiveIntegerField(null=True, editable=False)
    strict_base_models = models.JSONField(default=list, editable=False)
    described_at = models.DateTimeField(null=True, editable=False)

    class Meta(RemoteObject.Meta):
        abstract = False
        indexes = list_indexes()

    @property
    def resource(self) -> Resource:
        """The resource that holds it."""
        return self.project.resource

    @property
    def can_be_tested_with(self) -> bool:
        """Whether some kind of test takes it."""
        return self.succeeded and self.kind in TESTED_WITH[TestingKind.INSPECTION]

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("dataset", args=[self.project_id, self.pk])
