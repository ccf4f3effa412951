"""A dataset."""

from django.db import models

from localspeech.models.entity import Job
from localspeech.models.project import Project


class Dataset(Job):
    """Data of one kind; its file is kept as it was uploaded.

    `awaits_blocks`: made without content, which comes block by block until a commit.
    """

    project = models.ForeignKey(
        Project, null=True, on_delete=models.SET_NULL, related_name="datasets"
    )
    kind = models.CharField(max_length=30)
    content_url = models.CharField(max_length=2000, default="", blank=True)
    accepted_line_count = models.PositiveIntegerField(null=True)
    rejected_line_count = models.PositiveIntegerField(null=True)
    duration_seconds = models.FloatField(null=True)
    awaits_blocks = models.BooleanField(default=False)

    @property
    def is_audio_alone(self) -> bool:
        """Whether there are no transcripts to score against."""
        return self.kind == "AudioFiles"


class DatasetBlock(models.Model):
    """A piece of a dataset's file. `name` is the client's Base64."""

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="blocks")
    name = models.CharField(max_length=100)
    path = models.CharField(max_length=300)
    size = models.PositiveIntegerField()
    is_committed = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["dataset", "name"], name="one_block_a_name")]

    def __str__(self) -> str:
        return f"{self.dataset_id} {self.name}"
