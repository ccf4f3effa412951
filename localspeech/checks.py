"""Settings of the local service that are well-formed, and together do not do what was meant."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage

from localspeech.offers import whisper_weights


def whisper(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Whether the weights that the settings name can be used."""
    weights = whisper_weights()
    fault = weights.fault() if weights else None
    if fault is None:
        return []
    return [
        checks.Warning(
            f"LOCALSPEECH_WHISPER is {settings.LOCALSPEECH_WHISPER}, but {fault}. "
            "Its base model is not offered.",
            hint="See docs/operating.md, Whisper.",
            id="localspeech.W001",
        )
    ]
