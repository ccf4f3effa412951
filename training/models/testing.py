"""A test that is still being put together."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from training.enums import SecondModel, TestingKind
from training.models.base_model import BaseModel
from training.models.custom_model import CustomModel
from training.models.dataset import Dataset
from training.models.draft import Draft
from training.models.evaluation import Evaluation
from training.models.project import Project


class TestDraft(Draft):
    """A test that somebody is about to start. Each model is a custom or a base model.

    `second` says which model is the second one; `custom_model2` and `base_model2` count only when
    one was chosen by name.
    """

    __test__ = False

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="test_drafts")
    submission_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(
        _("kind"), max_length=12, choices=TestingKind, default=TestingKind.EVALUATION
    )
    dataset = models.ForeignKey(
        Dataset, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    custom_model1 = models.ForeignKey(
        CustomModel, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    base_model1 = models.ForeignKey(
        BaseModel, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    second = models.CharField(max_length=10, choices=SecondModel, default=SecondModel.BASELINE)
    custom_model2 = models.ForeignKey(
        CustomModel, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    base_model2 = models.ForeignKey(
        BaseModel, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    display_name = models.CharField(_("name"), max_length=200, blank=True, default="")
    description = models.TextField(_("description"), max_length=1000, blank=True, default="")
    result = models.OneToOneField(
        Evaluation, null=True, on_delete=models.SET_NULL, related_name="draft", editable=False
    )

    def __str__(self) -> str:
        return self.display_name or str(_("Untitled test"))

    def get_absolute_url(self) -> str:
        """Where it goes on."""
        return reverse("resume_test", args=[self.project_id, self.pk])

    @property
    def model1(self) -> CustomModel | BaseModel | None:
        """The model under test."""
        return self.custom_model1 or self.base_model1

    @property
    def model2(self) -> CustomModel | BaseModel | None:
        """What it is held against; None for a test of one model."""
        found: CustomModel | BaseModel | None = None
        if self.second == SecondModel.CHOSEN:
            found = self.custom_model2 or self.base_model2
        elif self.second == SecondModel.BASELINE and self.custom_model1:
            found = self.custom_model1.base_model
        return None if found == self.model1 else found
