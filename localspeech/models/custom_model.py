"""A custom model."""

from django.db import models

from localspeech.models.dataset import Dataset
from localspeech.models.entity import Job
from localspeech.models.project import Project


class CustomModel(Job):
    """A base model's release adapted with datasets."""

    project = models.ForeignKey(
        Project, null=True, on_delete=models.SET_NULL, related_name="models"
    )
    base_model = models.CharField(max_length=20)
    datasets = models.ManyToManyField(Dataset, related_name="models")
    weight_percent = models.PositiveSmallIntegerField()
    transcription_ends = models.DateTimeField()
