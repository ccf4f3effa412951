"""A plan that keeps a model fresh."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from training.forms.tests import test_datasets
from training.models import RenewalPlan, User
from training.permissions import everybody_in
from training.services.retraining import usual_test_dataset


class RenewalForm(forms.ModelForm):
    """When, with which test, how strict, and who decides."""

    class Meta:
        model = RenewalPlan
        fields = ["days_before", "test_dataset", "gate_percent", "decides", "person"]
        widgets = {"decides": forms.RadioSelect}
        help_texts = {
            "days_before": _("The new model is trained that many days before the last day."),
            "test_dataset": _("Audio with human-labeled transcripts that both models read."),
            "gate_percent": _(
                "By how many percent of its word error rate the new model may be worse. 0: it "
                "must not be worse at all."
            ),
            "person": _("Gets a notice when there is something to decide, or when it fails."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        model = self.instance.model
        fields: dict[str, Any] = self.fields
        fields["test_dataset"].queryset = test_datasets(model.project)
        if self.instance.pk is None:
            self.initial["test_dataset"] = usual_test_dataset(model)
        fields["person"].queryset = User.objects.filter(
            everybody_in(model.project), is_active=True
        ).order_by("username")
        fields["person"].required = True

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        candidate_of = RenewalPlan.objects.filter(candidate=self.instance.model)
        if candidate_of.exclude(state=RenewalPlan.State.STOPPED).exists():
            raise ValidationError(
                _("This model is about to take another's place, and will have its plan.")
            )
        return values

    def clean_test_dataset(self) -> Any:
        """A test with training data would pass every gate."""
        dataset = self.cleaned_data["test_dataset"]
        if self.instance.model.datasets.filter(pk=dataset.pk).exists():
            raise ValidationError(_("The model was trained with it; choose other recordings."))
        return dataset
