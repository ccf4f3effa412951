"""An endpoint."""

from django.db import models

from localspeech.models.custom_model import CustomModel
from localspeech.models.entity import Job
from localspeech.models.project import Project


class Endpoint(Job):
    """An address that recognises with one model.

    `time_to_live_seconds` after its last change of status it is deleted; 0 keeps it.
    """

    project = models.ForeignKey(
        Project, null=True, on_delete=models.SET_NULL, related_name="endpoints"
    )
    custom_model = models.ForeignKey(
        CustomModel, null=True, on_delete=models.PROTECT, related_name="endpoints"
    )
    base_model = models.CharField(max_length=20, default="", blank=True)
    logging_enabled = models.BooleanField(default=False)
    time_to_live_seconds = models.PositiveIntegerField(default=0)
