"""What is set up once Django has loaded."""

from django.apps import AppConfig


class StudioConfig(AppConfig):
    """Registers the checks of the settings."""

    name = "studio"

    def ready(self) -> None:
        from studio import checks  # noqa: F401  # registers them
