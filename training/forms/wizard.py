"""One form a step of the wizard. A step may be left empty; the review is strict."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from training.enums import TrainingStep
from training.forms.steps import StepForm
from training.forms.submission import needed_later
from training.forms.tests import ModelField, model_value, test_datasets
from training.models import BaseModel, CustomModel, Dataset, TrainingDraft
from training.wizards.training import pending_reason, unusable_reason


class BaseModelForm(StepForm):
    """Which base model to adapt."""

    class Meta:
        model = TrainingDraft
        fields = ["base_model"]
        widgets = {"base_model": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        project = self.instance.project
        self.offered = list(project.base_models)
        usable = [one.pk for one in self.offered if one.can_adapt()]
        field: Any = self.fields["base_model"]
        field.queryset = BaseModel.objects.filter(pk__in=usable)
        field.error_messages["invalid_choice"] = _(
            "This baseline model can no longer be adapted; select a newer one."
        )

    @property
    def chosen(self) -> str:
        """The value that is checked."""
        return str(self["base_model"].value() or "")


class DataForm(StepForm):
    """Which datasets to train with."""

    class Meta:
        model = TrainingDraft
        fields = ["datasets"]
        widgets = {"datasets": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        draft = self.instance
        rows = list(draft.project.datasets.all())
        self.offered = [(row, unusable_reason(draft, row), pending_reason(row)) for row in rows]
        usable = [row.pk for row, reason, _pending in self.offered if not reason]
        field: Any = self.fields["datasets"]
        field.queryset = Dataset.objects.filter(pk__in=usable)
        field.error_messages["invalid_choice"] = _("One of the datasets cannot be used here.")

    @property
    def chosen(self) -> set[str]:
        """The values that are checked."""
        return {str(getattr(one, "pk", one)) for one in self["datasets"].value() or []}


class NameForm(StepForm):
    """Name, description, weight, and whether a test follows."""

    class Meta:
        model = TrainingDraft
        fields = ["display_name", "description", "weight_percent", "add_test"]
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "display_name": _("For example the domain and a date: Harbour 2026-11."),
            "weight_percent": _(
                "Optional, 1 to 100: how much your text counts beside general language. "
                "Left empty, the service chooses."
            ),
            "add_test": _("The test starts by itself when the model has succeeded."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed_later(self.fields["display_name"])


class TestForm(StepForm):
    """The dataset of the test, and which model the new one is held against."""

    __test__ = False
    second_model = ModelField(
        label=_("Second model"), required=False, help_text=_("The baseline is proposed.")
    )

    class Meta:
        model = TrainingDraft
        fields = ["test_dataset"]
        labels = {"test_dataset": _("Dataset")}
        help_texts = {
            "test_dataset": _("Audio with human-labeled transcripts, other than the training data.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        draft = self.instance
        dataset: Any = self.fields["test_dataset"]
        needed_later(dataset)
        needed_later(self.fields["second_model"])
        dataset.queryset = test_datasets(draft.project)
        second = self.fields["second_model"]
        if isinstance(second, ModelField):
            second.offer(draft.project)
        self.initial["second_model"] = model_value(draft.second_model)

    def kept(self) -> dict[str, Any]:
        found = super().kept()
        if "second_model" in self.cleaned_data:
            second = self.cleaned_data["second_model"]
            found["test_custom_model"] = second if isinstance(second, CustomModel) else None
            found["test_base_model"] = second if isinstance(second, BaseModel) else None
        return found


FORMS: dict[str, type[StepForm]] = {
    TrainingStep.BASE_MODEL: BaseModelForm,
    TrainingStep.DATA: DataForm,
    TrainingStep.NAME: NameForm,
    TrainingStep.TEST: TestForm,
}
