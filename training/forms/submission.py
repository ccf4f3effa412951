"""Forms that make one object however often they are sent."""

import uuid
from typing import Any

from django import forms


class OnceForm(forms.Form):
    """Carries the key that makes a double submit harmless."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


def needed_later(field: Any) -> None:
    """Left empty it passes at first, but is asked for in the end: not called optional."""
    field.needed_later = True
