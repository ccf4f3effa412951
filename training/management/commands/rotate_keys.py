"""manage.py rotate_keys: encrypt all secrets anew."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from training.services import rotation


class Command(BaseCommand):
    """Put the new key first in FIELD_KEYS, restart, run this, then take the old key away."""

    help = "Encrypt all keys and secrets anew with the first key of FIELD_KEYS."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Rotate, and say how many."""
        try:
            count = rotation.rotate()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} secrets are encrypted with the first key now.")
