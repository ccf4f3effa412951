"""Deploying a model, giving an endpoint another one, and trying it."""

from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext_lazy as _

from training.forms.submission import OnceForm, description_field
from training.forms.tests import ModelField, offer_models
from training.models import Project

_LARGEST_CLIP = 4 * 1024**2


class EndpointForm(OnceForm):
    """A name, a model, and whether what is heard is kept."""

    display_name = forms.CharField(label=_("Name"), max_length=200)
    description = description_field()
    model = ModelField(
        label=_("Model"),
        help_text=_("After the model's last day the service answers with the base model instead."),
    )
    logging_enabled = forms.BooleanField(
        label=_("Log content"),
        required=False,
        help_text=_(
            "The service keeps audio and texts for up to 30 days. Ask the speakers before you "
            "switch it on."
        ),
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_models(self, project)
        if project.resource.api_version != "3.2":
            del self.fields["logging_enabled"]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        return {"logging_enabled": False, **values}


class ChangeModelForm(forms.Form):
    """Another model for an endpoint."""

    model = ModelField(
        label=_("Model"),
        help_text=_("The endpoint keeps its address and goes on answering while it changes."),
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_models(self, project)


class ClipForm(forms.Form):
    """A short recording."""

    audio = forms.FileField(
        label=_("Audio"),
        help_text=_("A WAV file of at most 60 seconds: PCM, 16 bit, mono, 16,000 or 8,000 Hz."),
        validators=[FileExtensionValidator(["wav"], _("Choose a WAV file."))],
        widget=forms.FileInput(attrs={"accept": ".wav,audio/wav"}),
    )

    def clean_audio(self) -> Any:
        """Longer audio is what batch transcription is for."""
        audio = self.cleaned_data["audio"]
        if audio.size > _LARGEST_CLIP:
            raise forms.ValidationError(_("The file is longer than 60 seconds; cut it."))
        return audio
