"""Which mail a person wants, and the team's channels."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from studio import outside
from training.models import Channel
from training.services.preferences import DEADLINE_MAIL, RESULT_MAIL


class MailForm(forms.Form):
    """When mail comes."""

    deadlines = forms.ChoiceField(label=_("Deadlines that come nearer"), choices=DEADLINE_MAIL)
    results = forms.ChoiceField(label=_("What has ended, well or badly"), choices=RESULT_MAIL)


class ChannelForm(forms.ModelForm):
    """Address and secret can be set, never read."""

    address = forms.CharField(
        label=_("Address"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "Teams: the address that the workflow “When a Teams webhook request is received” "
            "shows. It is stored encrypted and never shown."
        ),
    )
    secret = forms.CharField(
        label=_("Secret"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("For web hooks: what is sent is signed with it. Teams needs none."),
    )

    no_secret = forms.BooleanField(label=_("Remove the secret"), required=False)

    class Meta:
        model = Channel
        fields = ["name", "kind", "project", "tells_deadlines", "tells_results"]
        help_texts = {"project": _("Left empty, it is told of every project.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        project: Any = self.fields["project"]
        project.empty_label = _("All projects")
        if not self.instance.secret:
            del self.fields["no_secret"]
        self.order_fields(["name", "kind", "address", "secret", "no_secret"])

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"].strip()
        if not address and not self.instance.pk:
            raise ValidationError(_("Enter the address."))
        if address:
            try:
                outside.checked(address)
            except outside.BadAddress:
                text = _("Enter a whole address that begins with https://, without a password.")
                raise ValidationError(text) from None
        return address
