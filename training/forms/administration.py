"""Resources."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from training.forms.submission import OnceForm
from training.models import Resource
from training.services.resources import found_local
from training.speechapi.versions import VERSIONS


class ResourceForm(forms.ModelForm):
    """A resource's address and key; the key can be set, never read."""

    address = forms.URLField(
        label=_("Address"),
        assume_scheme="https",
        help_text=_("For example https://westeurope.api.cognitive.microsoft.com"),
    )
    key = forms.CharField(
        label=_("Key"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("One of the resource's two keys. It is stored encrypted and never shown."),
    )
    api_version = forms.ChoiceField(
        label=_("API version"),
        choices=[(name, name) for name in VERSIONS],
        help_text=_("3.2 unless the resource answers the newer version only."),
    )

    class Meta:
        model = Resource
        fields = ["name", "address", "api_version", "service_id"]
        labels = {"service_id": _("Resource ID")}
        help_texts = {
            "service_id": _(
                "Copies of models name it. Needed only when the service does not tell it: in Azure "
                "it stands on the resource's page under Properties and begins with /subscriptions/."
            )
        }

    def clean_service_id(self) -> str:
        found: str = self.cleaned_data["service_id"].strip()
        if found and not found.startswith("/"):
            raise ValidationError(_("Enter the whole ID; it begins with a slash."))
        return found

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"].strip()
        if not key and not self.instance.pk:
            raise ValidationError(_("Enter the resource's key."))
        return key

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"].rstrip("/")
        if "/speechtotext" in address:
            raise ValidationError(_("Enter the address without /speechtotext."))
        return address


class KeyForm(forms.Form):
    """Another key of a resource."""

    key = forms.CharField(
        label=_("New key"),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("It is tried before the old one is forgotten, stored encrypted, never shown."),
    )


class LocalResourceForm(OnceForm):
    """Another resource of the local speech service needs a name alone."""

    name = forms.CharField(
        label=_("Name"), max_length=100, help_text=_("For example the team that it is for.")
    )

    def clean(self) -> dict[str, Any]:
        """The name may be that of the resource which the same form made before."""
        values: dict[str, Any] = super().clean() or {}
        mine = found_local(values["submission_key"]) if "submission_key" in values else None
        others = Resource.objects.filter(name=values.get("name"))
        if mine is None and others.exists():
            self.add_error("name", _("Another resource has this name."))
        return values
