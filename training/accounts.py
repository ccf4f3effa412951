"""Sign-in rules of the product."""

from smtplib import SMTPException
from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

log = structlog.get_logger(__name__)


class Adapter(DefaultAccountAdapter):
    """Local accounts are made by an administrator, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is away makes no page fail, and tells nobody who has an account."""
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError) as error:
            log.warning("account_mail_not_sent", kind=template_prefix, reason=type(error).__name__)
