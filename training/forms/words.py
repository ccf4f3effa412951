"""New words made into pronunciation data."""

from django import forms
from django.utils.translation import gettext_lazy as _

from training.forms.submission import OnceForm


class WordSearchForm(forms.Form):
    """Part of a word, if any."""

    q = forms.CharField(label=_("Search in the words"), required=False, max_length=200)


class PronunciationsForm(OnceForm):
    """The name of the dataset that is made."""

    display_name = forms.CharField(label=_("Name of the pronunciation dataset"), max_length=200)
