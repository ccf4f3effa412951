"""Django's description of the app."""

from django.apps import AppConfig


class LocalspeechConfig(AppConfig):
    """Names the app and loads what it registers at start."""

    name = "localspeech"

    def ready(self) -> None:
        from django.core.checks import register

        from localspeech import checks

        register(checks.whisper)
