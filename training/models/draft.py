"""What is still being put together."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from training.models.base_model import BaseModel
from training.models.custom_model import CustomModel
from training.models.dataset import Dataset
from training.models.project import Project


class Draft(models.Model):
    """What a wizard has gathered so far; anyone in the team may go on with it.

    Saving is lenient: each part may be missing until the review. `visited` names the steps that
    somebody has seen.
    """

    visited = models.JSONField(default=list, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    updated_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["-updated_at"]


class TrainingDraft(Draft):
    """A model that somebody is about to train."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="drafts")
    base_model = models.ForeignKey(
        BaseModel, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    datasets = models.ManyToManyField(Dataset, blank=True, related_name="+")
    display_name = models.CharField(_("name"), max_length=200, blank=True, default="")
    description = models.TextField(_("description"), max_length=1000, blank=True, default="")
    weight_percent = models.PositiveSmallIntegerField(
        _("weight of the custom model"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    add_test = models.BooleanField(_("Add test in the next step"), default=False)
    test_dataset = models.ForeignKey(
        Dataset, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    test_base_model = models.ForeignKey(
        BaseModel, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    test_custom_model = models.ForeignKey(
        CustomModel, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    renews = models.ForeignKey(
        CustomModel, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    result = models.OneToOneField(
        CustomModel, null=True, on_delete=models.SET_NULL, related_name="draft", editable=False
    )

    def __str__(self) -> str:
        return self.display_name or str(_("Untitled training"))

    def get_absolute_url(self) -> str:
        """Where it was left."""
        return reverse("resume", args=[self.project_id, self.pk])

    @property
    def second_model(self) -> CustomModel | BaseModel | None:
        """What the new model is tested against; the baseline unless another was chosen."""
        return self.test_custom_model or self.test_base_model or self.base_model
