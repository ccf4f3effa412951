"""A form that shows every kind of field, for the style guide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from training.enums import DatasetKind


class GuideForm(forms.Form):
    """Each kind of field, one of them with an error."""

    name = forms.CharField(label=_("Name"), help_text=_("For example the domain and a date."))
    kind = forms.ChoiceField(label=_("Kind of data"), choices=DatasetKind.choices)
    weight = forms.IntegerField(label=_("Weight"), required=False, min_value=1, max_value=100)
    description = forms.CharField(
        label=_("Description"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    agree = forms.BooleanField(label=_("Add test in the next step"), required=False)
    file = forms.FileField(label=_("File"), required=False)
