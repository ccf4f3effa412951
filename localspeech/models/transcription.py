"""Batch transcription."""

from django.db import models

from localspeech.models.custom_model import CustomModel
from localspeech.models.dataset import Dataset
from localspeech.models.entity import Job
from localspeech.models.project import Project


class Transcription(Job):
    """Audio files from addresses or a dataset, recognised with one model."""

    project = models.ForeignKey(
        Project, null=True, on_delete=models.SET_NULL, related_name="transcriptions"
    )
    custom_model = models.ForeignKey(
        CustomModel, null=True, on_delete=models.PROTECT, related_name="transcriptions"
    )
    base_model = models.CharField(max_length=20, default="", blank=True)
    content_urls = models.JSONField(default=list)
    dataset = models.ForeignKey(
        Dataset, null=True, on_delete=models.PROTECT, related_name="transcriptions"
    )
    duration_seconds = models.FloatField(null=True)
    time_to_live_seconds = models.PositiveIntegerField(default=0)
    word_level_timestamps = models.BooleanField(default=False)
