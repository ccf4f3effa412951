"""Forms of wizards: each step keeps what is valid, also beside something that is not."""

from typing import Any

from django import forms


class StepForm(forms.ModelForm):
    """One step of a draft. It is never saved whole: only what people filled in here is written,
    since the draft may have been changed, or submitted, by somebody else meanwhile."""

    def kept(self) -> dict[str, Any]:
        """Names and values of the draft's columns that are valid here."""
        mine = self._meta.fields or ()
        return {name: value for name, value in self.cleaned_data.items() if name in mine}

    def keep_beside(self) -> None:
        """Write what is valid and does not stand in the draft itself."""
