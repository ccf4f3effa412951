"""One form a step of "Create new test". A step may be left empty; the review is strict."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from training.enums import TESTED_WITH, SecondModel, TestingKind, TestStep
from training.forms.steps import StepForm
from training.forms.submission import needed_later
from training.forms.tests import ModelField, model_value
from training.models import BaseModel, CustomModel, Dataset, TestDraft
from training.wizards.testing import unusable_reason

_HINTS: dict[str, Any] = {
    TestingKind.EVALUATION: _(
        "Audio with human-labeled transcripts. The words that each model hears are counted "
        "against the transcripts: word error rate, and every error."
    ),
    TestingKind.INSPECTION: _(
        "Audio alone is enough. What the models hear stands side by side with the audio; nothing "
        "is measured."
    ),
}


class KindForm(StepForm):
    """What the test is for."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)

    class Meta:
        model = TestDraft
        fields = ["kind"]

    @property
    def offered(self) -> list[tuple[str, Any, Any]]:
        """Value, label and hint of each kind."""
        return [(kind.value, kind.label, _HINTS[kind]) for kind in TestingKind]


class DataForm(StepForm):
    """Which audio to test with."""

    class Meta:
        model = TestDraft
        fields = ["dataset"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        draft = self.instance
        audio = draft.project.datasets.filter(kind__in=TESTED_WITH[TestingKind.INSPECTION])
        self.offered = [(row, unusable_reason(draft, row)) for row in audio]
        usable = [row.pk for row, reason in self.offered if not reason]
        field: Any = self.fields["dataset"]
        field.queryset = Dataset.objects.filter(pk__in=usable)
        field.error_messages["invalid_choice"] = _("This dataset cannot be used here.")

    @property
    def chosen(self) -> str:
        """The value that is checked."""
        return str(self["dataset"].value() or "")


class SecondModelField(ModelField):
    """Also offers the first model's own baseline, and none; the clean value may be either word."""

    def offer(self, project: Any) -> None:
        super().offer(project)
        words = [(one.value, one.label) for one in (SecondModel.BASELINE, SecondModel.NONE)]
        models: Any = self.choices
        self.choices = [*words, *models]

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        return value if found is None else found


class ModelsForm(StepForm):
    """One or two models."""

    first_model = ModelField(label=_("Model 1"), required=False)
    second_model = SecondModelField(
        label=_("Model 2"),
        required=False,
        help_text=_("The baseline shows what the training changed."),
    )

    class Meta:
        model = TestDraft
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        draft = self.instance
        for name in ("first_model", "second_model"):
            field: Any = self.fields[name]
            field.offer(draft.project)
            needed_later(field)
        second = draft.custom_model2 or draft.base_model2
        is_chosen = draft.second == SecondModel.CHOSEN and second is not None
        self.initial["first_model"] = model_value(draft.model1)
        self.initial["second_model"] = model_value(second) if is_chosen else draft.second

    def kept(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if "first_model" in self.cleaned_data:
            found |= _columns(1, self.cleaned_data["first_model"])
        if "second_model" in self.cleaned_data:
            second = self.cleaned_data["second_model"]
            is_model = isinstance(second, CustomModel | BaseModel)
            found |= _columns(2, second)
            found["second"] = SecondModel.CHOSEN if is_model else second or SecondModel.NONE
        return found


def _columns(number: int, model: Any) -> dict[str, Any]:
    return {
        f"custom_model{number}": model if isinstance(model, CustomModel) else None,
        f"base_model{number}": model if isinstance(model, BaseModel) else None,
    }


class NameForm(StepForm):
    """Name and description; a name is proposed until somebody has been here."""

    class Meta:
        model = TestDraft
        fields = ["display_name", "description"]
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        draft = self.instance
        needed_later(self.fields["display_name"])
        if draft.model1 and not draft.display_name and TestStep.NAME not in draft.visited:
            words = (
                gettext("Test of %(model)s")
                if draft.kind == TestingKind.EVALUATION
                else gettext("Inspection of %(model)s")
            )
            self.initial["display_name"] = (words % {"model": draft.model1})[:200]


FORMS: dict[str, type[StepForm]] = {
    TestStep.KIND: KindForm,
    TestStep.DATA: DataForm,
    TestStep.MODELS: ModelsForm,
    TestStep.NAME: NameForm,
}
