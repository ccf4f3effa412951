"""Accounts of colleagues."""

from training.models import User


def add(username: str, email: str, password: str) -> User:
    """A new local account without special rights."""
    return User.objects.create_user(username, email, password)


def set_active(user: User, active: bool) -> None:
    """Let a person sign in, or not any more."""
    User.objects.filter(pk=user.pk).update(is_active=active)
