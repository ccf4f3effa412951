"""Forms that make one object however often they are sent."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class OnceForm(forms.Form):
    """Carries the key that makes a double submit harmless."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


def description_field() -> forms.CharField:
    """What people write about an object, if they want to."""
    return forms.CharField(
        label=_("Description"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def needed_later(field: Any) -> None:
    """Left empty it passes at first, but is asked for in the end: not called optional."""
    field.needed_later = True
