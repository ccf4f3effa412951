"""The family of a base model, set up for this server."""

from pathlib import Path

from django.conf import settings

from localspeech.engine import phonemes, releases
from localspeech.engine.cmu import Cmu
from localspeech.engine.errors import EngineError
from localspeech.engine.families import Family, Recogniser
from localspeech.engine.releases import release
from localspeech.offers import whisper_weights


def family_of(base_model: str) -> Family:
    """The family that a base model belongs to. Raises EngineError when it is not set up."""
    match release(base_model).family:
        case releases.WHISPER:
            return _whisper()
        case releases.PHONEMES:
            return _phonemes()
        case _:
            return _cmu()


def recogniser(base_model: str, model: Path | None) -> Recogniser:
    """Hears with a custom model, or with its base model for None. Raises EngineError."""
    return family_of(base_model).recogniser(model)


def trial(acoustics: Path) -> Recogniser:
    """Hears the base's words with an acoustic model that is being tried."""
    return _cmu().trial(acoustics)


def _cmu() -> Cmu:
    return Cmu(settings.LOCALSPEECH_CACHE)


def _whisper() -> Family:
    weights = whisper_weights()
    fault = "LOCALSPEECH_WHISPER is not set" if weights is None else weights.fault()
    if weights is None or fault:
        raise EngineError("InvalidModel", f"Whisper cannot be used on this server: {fault}.")
    from localspeech.engine.whisper.family import Whisper

    return Whisper(weights)


def _phonemes() -> Family:
    if not phonemes.is_installed():
        raise EngineError(
            "InvalidModel",
            "The phoneme family cannot be used on this server: its optional extra is not "
            "installed; see docs/operating.md, Phonemes.",
        )
    from localspeech.engine.phonemes.family import Phonemes

    return Phonemes(settings.LOCALSPEECH_CACHE)
