"""Which tests stand side by side, and which of their rates."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from training.models import Dataset
from training.timelines import Shown


class CompareForm(forms.Form):
    """What is not understood falls back to the first dataset and both models."""

    dataset = forms.ModelChoiceField(
        Dataset.objects.none(), label=_("Dataset"), empty_label=None, required=False
    )
    shown = forms.ChoiceField(label=_("Rates"), choices=Shown.choices, required=False)

    def __init__(self, *args: Any, datasets: "QuerySet[Dataset]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["dataset"]
        field.queryset = datasets
        self.is_valid()
        self.chosen: Dataset | None = self.cleaned_data.get("dataset") or datasets.first()
        self.series: str = self.cleaned_data.get("shown") or Shown.BOTH
