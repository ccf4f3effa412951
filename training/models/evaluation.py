"""A test: one dataset, two models."""

from typing import Any

from django.db import models
from django.urls import reverse

from training.enums import TestingKind
from training.models.base_model import BaseModel
from training.models.custom_model import CustomModel
from training.models.dataset import Dataset
from training.models.project import Project
from training.models.remote import RemoteObject, list_indexes
from training.models.resource import Resource


def _exactly_one(number: int) -> models.Q:
    custom, base = f"custom_model{number}__isnull", f"base_model{number}__isnull"
    return models.Q(**{custom: True, base: False}) | models.Q(**{custom: False, base: True})


class Evaluation(RemoteObject):
    """What two models hear in one dataset; each is a custom or a base model, or both are the same.

    `results1` and `results2` hold the API's figures; what the API does not know yet is absent.
    `analysis` is what our own count of its utterances adds: see `training/statistics.py`.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="evaluations")
    testing_kind = models.CharField(
        max_length=12, choices=TestingKind, default=TestingKind.EVALUATION, editable=False
    )
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="evaluations")
    custom_model1 = models.ForeignKey(
        CustomModel, null=True, on_delete=models.CASCADE, related_name="tests_as_first"
    )
    base_model1 = models.ForeignKey(
        BaseModel, null=True, on_delete=models.PROTECT, related_name="+"
    )
    custom_model2 = models.ForeignKey(
        CustomModel, null=True, on_delete=models.CASCADE, related_name="tests_as_second"
    )
    base_model2 = models.ForeignKey(
        BaseModel, null=True, on_delete=models.PROTECT, related_name="+"
    )
    results1 = models.JSONField(default=dict, editable=False)
    results2 = models.JSONField(default=dict, editable=False)
    analysis = models.JSONField(default=dict, editable=False)
    analysed_at = models.DateTimeField(null=True, editable=False)

    class Meta(RemoteObject.Meta):
        abstract = False
        indexes = list_indexes()
        constraints = [
            models.CheckConstraint(condition=_exactly_one(1), name="evaluation_has_model1"),
            models.CheckConstraint(condition=_exactly_one(2), name="evaluation_has_model2"),
        ]

    @property
    def resource(self) -> Resource:
        """The resource that runs it."""
        return self.project.resource

    @property
    def model1(self) -> CustomModel | BaseModel:
        """The first model under test."""
        model: Any = self.custom_model1 or self.base_model1
        return model

    @property
    def model2(self) -> CustomModel | BaseModel:
        """The second model under test."""
        model: Any = self.custom_model2 or self.base_model2
        return model

    @property
    def is_inspection(self) -> bool:
        """Whether texts are compared without a measure; the API may give rates all the same."""
        return self.testing_kind == TestingKind.INSPECTION

    def figures(self, number: int) -> dict[str, Any]:
        """What is shown of a model's results; an inspection measures nothing."""
        results = self.results1 if number == 1 else self.results2
        return {} if self.is_inspection else dict(results)

    @property
    def is_measured(self) -> bool:
        """Whether its utterances were counted against a transcript."""
        return "interval1" in self.analysis

    @property
    def has_one_model(self) -> bool:
        """Whether the API was given the same model twice, as a test of one model is asked for."""
        return (self.custom_model1_id, self.base_model1_id) == (
            self.custom_model2_id,
            self.base_model2_id,
        )

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("test", args=[self.project_id, self.pk])


def evaluations_of(model: Any) -> "models.QuerySet[Evaluation]":
    """Tests of a custom model, as the first or the second one; also takes an OuterRef."""
    asked = models.Q(custom_model1=model) | models.Q(custom_model2=model)
    return Evaluation.objects.filter(asked)
