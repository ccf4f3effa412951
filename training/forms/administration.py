"""Resources, people, and the first administrator."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from training.models import Resource, User
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
        fields = ["name", "address", "api_version"]

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


class AccountForm(forms.ModelForm):
    """A new local account with a password."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 8 characters, not only digits, and none of the common ones."),
    )

    class Meta:
        model = User
        fields = ["username", "email"]
        help_texts = {"username": _("Letters, digits and @ . + - _")}

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        password = values.get("password")
        if password:
            user = User(username=values.get("username", ""), email=values.get("email", ""))
            try:
                validate_password(password, user)
            except ValidationError as error:
                self.add_error("password", error)
        return values
