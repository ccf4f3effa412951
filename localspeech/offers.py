"""Base models that this server can offer. Nothing here loads one."""

from pathlib import Path

from django.conf import settings

from localspeech.engine import phonemes
from localspeech.engine.measured import CHECK_SET, Measured, measured
from localspeech.engine.releases import (
    BASE_MODELS,
    PHONEMES_RELEASE,
    WHISPER,
    WHISPER_RELEASE,
    BaseModelRelease,
)
from localspeech.engine.whisper.weights import Weights

RECORD = "whisper.sha256"


def offered() -> tuple[BaseModelRelease, ...]:
    """Releases, oldest first; the last is the newest."""
    found = [*BASE_MODELS]
    weights = whisper_weights()
    if weights and not weights.fault():
        found.append(WHISPER_RELEASE)
    if settings.LOCALSPEECH_PHONEMES and phonemes.is_installed():
        found.append(PHONEMES_RELEASE)
    return tuple(sorted(found, key=lambda one: one.created))


def described(release: BaseModelRelease) -> str:
    """A line of what it is, one of its family, and one of what was measured, if anything was.

    The API's base models have no other field that takes such things.
    """
    lines = [release.description, f"Family: {release.family}. Languages: {release.locale}."]
    found = _figures(release)
    if found:
        lines.append(
            f"Word error rate {found.word_error_rate:.1%}, {found.speed}, measured on "
            f"{CHECK_SET} ({found.weights})."
        )
    return "\n".join(lines)


def _figures(release: BaseModelRelease) -> Measured | None:
    """None without a measurement of the very weights that lie here.

    Weights that nobody has used yet have no known hash, and so no figures.
    """
    if release.family != WHISPER:
        return measured(release.name)
    weights = whisper_weights()
    return measured(release.name, weights.known()) if weights else None


def whisper_weights() -> Weights | None:
    """Where the settings say that Whisper's weights lie; None without them."""
    if not settings.LOCALSPEECH_WHISPER:
        return None
    return Weights(
        folder_of(settings.LOCALSPEECH_WHISPER),
        settings.STUDIO_DATA / RECORD,
        settings.LOCALSPEECH_WHISPER_SHA256,
    )


def folder_of(name: str) -> Path:
    """The folder itself, or where a fetched model id lies."""
    if Path(name).is_absolute():
        return Path(name)
    folder: Path = settings.STUDIO_DATA / "whisper" / name.replace("/", "--")
    return folder
