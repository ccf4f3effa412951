"""Django's description of the app."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """Names the app and loads what it registers at start."""

    name = "training"

    def ready(self) -> None:
        """Let audit and sessions listen, once the tables are known."""
        from training import auditing, sessions

        auditing.connect()
        sessions.connect()
