"""Forms that make one object however often they are sent."""

import uuid

from django import forms


class OnceForm(forms.Form):
    """Carries the key that makes a double submit harmless."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
