"""The first administrator, created through a link that works once."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from training.models import Setup, User


class SetupClosed(Exception):
    """The link has been used, or is not ours."""


def first_administrator_link(base_url: str) -> str | None:
    """The one-time link, or None when there is an administrator already."""
    if _is_done():
        return None
    return base_url.rstrip("/") + reverse("setup", args=[_token()])


def is_open(token: str) -> bool:
    """Whether this token may still create the first administrator."""
    return constant_time_compare(token, _token()) and not _is_done()


def create_first_administrator(token: str, username: str, email: str, password: str) -> User:
    """Make the account. Raises SetupClosed for a wrong token or when one exists."""
    if not is_open(token):
        raise SetupClosed
    try:
        with transaction.atomic():
            user = User.objects.create_superuser(username, email, password)
            Setup.objects.create(pk=1, administrator=user)
    except IntegrityError as error:
        raise SetupClosed from error
    return user


def _token() -> str:
    return salted_hmac("first administrator", settings.SECRET_KEY, algorithm="sha256").hexdigest()


def _is_done() -> bool:
    return User.objects.filter(is_staff=True).exists()
