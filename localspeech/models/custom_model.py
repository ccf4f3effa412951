"""A custom model."""

from django.db import models
from django.utils import timezone

from localspeech.models.dataset import Dataset
from localspeech.models.entity import Job, Shard
from localspeech.models.project import Project

# The weight of a model until its training has chosen one.
UNDECIDED = 0


class CustomModel(Job):
    """A base model's release adapted with datasets.

    `weight_percent` is UNDECIDED until training has chosen it, where the client named none.
    `outcome` says in sentences what training decided by itself, "" where it was nothing.
    """

    project = models.ForeignKey(
        Project, null=True, on_delete=models.SET_NULL, related_name="models"
    )
    base_model = models.CharField(max_length=20)
    datasets = models.ManyToManyField(Dataset, related_name="models")
    weight_percent = models.PositiveSmallIntegerField()
    transcription_ends = models.DateTimeField()
    outcome = models.CharField(max_length=256, default="", blank=True)


class TrainingShard(Shard):
    """A run of recordings that a model learns from or is compared on.

    `start` and `stop` count recordings; `seconds` is how long they are. `result` is null until
    the piece is done, which `done_at` tells the time of.
    """

    class Stage(models.TextChoices):
        """What is done with the recordings, in this order."""

        ALIGN = "Align"
        COMPARE = "Compare"

    model = models.ForeignKey(CustomModel, on_delete=models.CASCADE, related_name="shards")
    stage = models.CharField(max_length=10, choices=Stage)
    fold = models.PositiveSmallIntegerField()
    start = models.PositiveIntegerField()
    stop = models.PositiveIntegerField()
    seconds = models.FloatField()
    result = models.JSONField(null=True)
    created = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["model", "stage", "start"]
        constraints = [
            models.UniqueConstraint(
                fields=["model", "stage", "start"], name="one_row_a_training_shard"
            )
        ]

    def __str__(self) -> str:
        return f"{self.model_id} {self.stage} from {self.start}"
