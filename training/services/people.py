"""Accounts of colleagues."""

from django.db import transaction

from training.models import User


def add(username: str, email: str, password: str) -> User:
    """A new local account without special rights."""
    return User.objects.create_user(username, email, password)


def set_active(user: User, active: bool) -> None:
    """Let a person sign in, or not any more."""
    User.objects.filter(pk=user.pk).update(is_active=active)


@transaction.atomic
def set_rights(user: User, rights: str) -> None:
    """Make a person a viewer, a trainer or an administrator."""
    is_staff = rights == User.Rights.ADMINISTRATOR
    rows = User.objects.filter(pk=user.pk)
    rows.update(is_staff=is_staff, is_superuser=is_staff)
    if not is_staff:
        rows.update(role=rights)
