"""Says how Whisper is set up here, and gets weights when it is asked to."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from localspeech.engine.errors import EngineError
from localspeech.engine.whisper.weights import FILES, VOCABULARY_FILES
from localspeech.offers import folder_of, whisper_weights
from studio.env import MODEL_ID

_WANTED = (*FILES, *VOCABULARY_FILES, "preprocessor_config.json")


class Command(BaseCommand):
    """Without options it looks only."""

    help = "Say which Whisper weights are set up, and check them; --fetch gets some by model id."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--fetch",
            metavar="ID",
            help="a model id such as Systran/faster-whisper-base.en, in CTranslate2's format",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["fetch"]:
            self._fetch(options["fetch"])
        else:
            self._tell()

    def _tell(self) -> None:
        weights = whisper_weights()
        if weights is None:
            self.stdout.write("Whisper is not set up: LOCALSPEECH_WHISPER is empty.")
            return
        try:
            found = weights.checked()
        except EngineError as error:
            raise CommandError(error.message) from None
        self.stdout.write(f"{weights.folder} is offered. SHA-256 of its model.bin: {found}")

    def _fetch(self, name: str) -> None:
        if not MODEL_ID.fullmatch(name):
            raise CommandError(f"{name!r} is no model id such as Systran/faster-whisper-base.en.")
        try:
            from huggingface_hub import snapshot_download
        except ImportError:
            raise CommandError("The optional extra is not installed: make whisper.") from None
        folder = folder_of(name)
        try:
            snapshot_download(name, local_dir=folder, allow_patterns=list(_WANTED))
        except Exception as error:  # the library's, and those of what it uses
            raise CommandError(f"{name} cannot be fetched: {error}") from error
        self.stdout.write(f"It lies in {folder}. Now set LOCALSPEECH_WHISPER={name} and restart.")
        if settings.LOCALSPEECH_WHISPER not in {"", name}:
            self.stdout.write(f"LOCALSPEECH_WHISPER is still {settings.LOCALSPEECH_WHISPER}.")
