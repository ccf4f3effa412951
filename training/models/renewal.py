"""A plan that keeps a model fresh."""

from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from training.enums import Status
from training.models.audited import AuditedManager
from training.models.custom_model import CustomModel
from training.models.dataset import Dataset
from training.models.evaluation import Evaluation


class RenewalPlan(models.Model):
    """When a model is renewed, how the new one is held against it, and who decides.

    `accepted_by` is who let the new model take its place, nobody when the plan did it itself.
    `candidate` is the model that may take its place, `evaluation` the test of both. When it has,
    the plan goes on with it: `model` is always the model that is kept fresh now.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for its day")
        TRAINING = "training", _("The new model is being trained")
        TESTING = "testing", _("Both models are being tested")
        DECIDING = "deciding", _("Waits for a decision")
        MOVING = "moving", _("Endpoints are given the new model")
        STOPPED = "stopped", _("Stopped")

    class Decides(models.TextChoices):
        PERSON = "person", _("A person, with the result in front of them")
        ITSELF = "itself", _("The plan itself, when the gate is passed")

    model = models.OneToOneField(CustomModel, on_delete=models.CASCADE, related_name="plan")
    days_before = models.PositiveSmallIntegerField(
        _("days before its last day"),
        default=45,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    test_dataset = models.ForeignKey(
        Dataset, on_delete=models.PROTECT, related_name="plans", verbose_name=_("test dataset")
    )
    gate_percent = models.PositiveSmallIntegerField(
        _("gate"), default=2, validators=[MaxValueValidator(100)]
    )
    decides = models.CharField(
        _("who decides"), max_length=10, choices=Decides, default=Decides.PERSON
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("person"),
    )  # fmt: skip
    state = models.CharField(max_length=10, choices=State, default=State.WAITING, editable=False)
    trouble = models.TextField(default="", blank=True, editable=False)
    candidate = models.ForeignKey(
        CustomModel, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    evaluation = models.ForeignKey(
        Evaluation, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    due_at = models.DateTimeField(default=timezone.now, editable=False)
    claimed_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[AuditedManager[Self]] = AuditedManager()

    def __str__(self) -> str:
        return str(_("Renewal of %(model)s") % {"model": self.model})

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("renewal", args=[self.model.project_id, self.model_id])

    @property
    def display_name(self) -> str:
        """What a page that keeps itself up to date calls it."""
        return str(self)

    @property
    def status_word(self) -> str:
        """Its state in words."""
        return self.get_state_display()

    @property
    def is_active(self) -> bool:
        """Whether it goes on by itself or waits for a decision."""
        return self.state != self.State.STOPPED


def replacements() -> QuerySet[CustomModel]:
    """Models that have taken the place of those which they renew: no plan still weighs them."""
    weighed = RenewalPlan.objects.filter(candidate=OuterRef("pk")).exclude(
        state=RenewalPlan.State.MOVING
    )
    return CustomModel.objects.filter(~Exists(weighed), status=Status.SUCCEEDED)


def replaced_by(model: CustomModel) -> CustomModel | None:
    """The newest model that has taken this one's place."""
    return replacements().filter(renews=model).order_by("-pk").first()
