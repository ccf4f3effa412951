"""Django's description of the app."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """Names the app and loads what it registers at start."""

    name = "training"
