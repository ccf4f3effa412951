"""Accounts, invitations, and the people of a project."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from training.enums import Role
from training.forms.submission import needed_later
from training.models import Project, User


class AccountForm(forms.ModelForm):
    """A new local account with a password."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters, not only digits, and none of the common ones."),
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


class AcceptForm(AccountForm):
    """The account of somebody who was invited; the address is the invitation's."""

    class Meta(AccountForm.Meta):
        fields = ["username"]


class InvitationForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(label=_("Email"))
    role = forms.ChoiceField(
        label=_("Role"),
        choices=User.Rights.choices,
        initial=User.Rights.TRAINER,
        help_text=_(
            "Viewers look, trainers upload, train and test, administrators keep resources, keys "
            "and people. A project can name people beyond that."
        ),
    )

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if User.objects.filter(email__iexact=email).exists():
            raise ValidationError(_("Somebody with this address has an account already."))
        return email


class RightsForm(forms.Form):
    """Another role for an account."""

    rights = forms.ChoiceField(choices=User.Rights.choices)


class MemberForm(forms.Form):
    """A person's role in a project."""

    person = forms.ModelChoiceField(
        User.objects.filter(is_active=True).order_by("username"),
        label=_("Person"),
        empty_label=_("Choose a person"),
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.TRAINER)


class OpenToForm(forms.ModelForm):
    """What everybody who is not named may do in a project."""

    class Meta:
        model = Project
        fields = ["open_to"]
        widgets = {"open_to": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed_later(self.fields["open_to"])
