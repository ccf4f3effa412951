"""Which utterances of a test are shown, and in which order."""

from django import forms
from django.utils.translation import gettext_lazy as _

KINDS = (
    ("substitutions", _("Substitutions")),
    ("deletions", _("Deletions")),
    ("insertions", _("Insertions")),
)
ORDERS = (
    ("", _("As in the dataset")),
    ("-errors1", _("Most errors of model 1")),
    ("-errors2", _("Most errors of model 2")),
)


class UtterancesForm(forms.Form):
    """Everything is optional; what is not understood is ignored."""

    show = forms.MultipleChoiceField(
        label=_("With"), choices=KINDS, required=False, widget=forms.CheckboxSelectMultiple
    )
    differences = forms.BooleanField(label=_("Only where the models differ"), required=False)
    order = forms.ChoiceField(label=_("Order"), choices=ORDERS, required=False)
