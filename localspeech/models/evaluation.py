"""An evaluation and the pieces that it is worked on in."""

from django.db import models

from localspeech.models.custom_model import CustomModel
from localspeech.models.dataset import Dataset
from localspeech.models.entity import Job, Shard
from localspeech.models.project import Project


class Evaluation(Job):
    """Two models on one dataset. A model is custom, or a base model's release by name."""

    project = models.ForeignKey(
        Project, null=True, on_delete=models.SET_NULL, related_name="evaluations"
    )
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="evaluations")
    custom_model1 = models.ForeignKey(
        CustomModel, null=True, on_delete=models.PROTECT, related_name="+"
    )
    custom_model2 = models.ForeignKey(
        CustomModel, null=True, on_delete=models.PROTECT, related_name="+"
    )
    base_model1 = models.CharField(max_length=20, default="", blank=True)
    base_model2 = models.CharField(max_length=20, default="", blank=True)
    results = models.JSONField(default=dict)


class EvaluationShard(Shard):
    """A run of utterances for one of the models. `texts` is null until they are recognised."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="shards")
    model_number = models.PositiveSmallIntegerField()
    start = models.PositiveIntegerField()
    stop = models.PositiveIntegerField()
    texts = models.JSONField(null=True)

    class Meta:
        ordering = ["model_number", "start"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "model_number", "start"], name="one_row_a_shard"
            )
        ]

    def __str__(self) -> str:
        return f"{self.evaluation_id} model {self.model_number} from {self.start}"
