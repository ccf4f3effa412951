"""`manage.py setup_link`: the one-time link for the first administrator."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Prints the link that `up` prints at its first start."""

    help = "Print the link that creates the first administrator, if there is none yet."

    def handle(self, *args: Any, **options: Any) -> None:
        from training.services.setup import first_administrator_link

        link = first_administrator_link(settings.SITE.origin)
        self.stdout.write(link or "There is an account already; nothing to set up.")
