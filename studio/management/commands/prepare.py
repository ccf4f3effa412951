"""`manage.py prepare`: what `up` does before it starts anything."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from studio.supervisor import preparation


class Command(BaseCommand):
    """Tables, styles and the local resource, for set-ups that start the processes themselves."""

    help = "Bring the database and the static files up to date."

    def handle(self, *args: Any, **options: Any) -> None:
        from training.services.resources import ensure_local

        preparation.prepare()
        ensure_local(settings.LOCALSPEECH_URL, settings.LOCALSPEECH_KEY)
