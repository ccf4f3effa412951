"""A dataset."""

from django.db import models

from localspeech.models.entity import Job
from localspeech.models.project import Project


class Dataset(Job):
    """Data of one kind; its file is kept as it was uploaded."""

    project = models.ForeignKey(
        Project, null=True, on_delete=models.SET_NULL, related_name="datasets"
    )
    kind = models.CharField(max_length=30)
    content_url = models.CharField(max_length=2000, default="", blank=True)
    accepted_line_count = models.PositiveIntegerField(null=True)
    rejected_line_count = models.PositiveIntegerField(null=True)
    duration_seconds = models.FloatField(null=True)
