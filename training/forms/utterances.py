"""Which utterances of a test are shown, and in which order."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from training.models import Evaluation

KINDS = (
    ("substitutions", _("Substitutions")),
    ("deletions", _("Deletions")),
    ("insertions", _("Insertions")),
)


class UtterancesForm(forms.Form):
    """Everything is optional; what is not understood is ignored.

    What a test cannot be narrowed by is not offered: errors where nothing was counted, differences
    where there is one model.
    """

    q = forms.CharField(
        label=_("Search in the texts"),
        required=False,
        max_length=200,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "placeholder": _("Search in the texts"),
                "autocomplete": "off",
            }
        ),
    )
    show = forms.MultipleChoiceField(
        label=_("With"), choices=KINDS, required=False, widget=forms.CheckboxSelectMultiple
    )
    differences = forms.BooleanField(label=_("Only where the models differ"), required=False)
    order = forms.ChoiceField(label=_("Order"), required=False)

    def __init__(self, *args: Any, test: Evaluation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        order: Any = self.fields["order"]
        order.choices = [("", _("As in the dataset")), *_orders(test)]
        if not test.is_measured:
            del self.fields["show"]
        if test.has_one_model:
            del self.fields["differences"]
        if len(order.choices) == 1:
            del self.fields["order"]


def _orders(test: Evaluation) -> list[tuple[str, str]]:
    if test.is_inspection:
        return [] if test.has_one_model else [("-errors1", gettext("Most differences"))]
    if not test.is_measured:
        return []
    if test.has_one_model:
        return [("-errors1", gettext("Most errors"))]
    names = {"one": test.model1, "other": test.model2}
    return [
        ("-errors1", gettext("Most errors of %(one)s") % names),
        ("-errors2", gettext("Most errors of %(other)s") % names),
        ("-gain", gettext("Where %(one)s gains most") % names),
        ("gain", gettext("Where %(one)s loses most") % names),
    ]
