"""A person who signs in."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A local account. Staff are the administrators who keep the resources and keys."""

    def __str__(self) -> str:
        return self.get_full_name() or self.username
