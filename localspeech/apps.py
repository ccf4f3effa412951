"""Django's description of the app."""

from django.apps import AppConfig


class LocalspeechConfig(AppConfig):
    """Names the app and loads what it registers at start."""

    name = "localspeech"
