"""A forgotten password."""

from typing import Any

from allauth.account.forms import ResetPasswordForm


class ForgottenForm(ResetPasswordForm):
    """Whose password it is; accounts that the company keeps have none here, and get none."""

    users: list[Any]

    def clean_email(self) -> Any:
        email = super().clean_email()
        self.users = [user for user in self.users if user.has_usable_password()]
        return email
