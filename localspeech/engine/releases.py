"""Releases of the base model. Their dates are facts of a release, never computed."""

from dataclasses import dataclass
from datetime import UTC, datetime

LOCALE = "en-US"
DEFAULT_WEIGHT_PERCENT = 30
DATASET_KINDS = ("Language", "LanguageMarkdown", "Pronunciation", "Acoustic", "AudioFiles")
AUDIO_KINDS = ("Acoustic", "AudioFiles")
TEXT_KINDS = ("Language", "LanguageMarkdown", "Pronunciation")


@dataclass(frozen=True)
class BaseModelRelease:
    """One release. All share the acoustic model, language model and dictionary.

    `guesses_pronunciations`: whether words new to the dictionary get a pronunciation from
    the grapheme-to-phoneme network; without it they need Pronunciation data.
    """

    name: str
    description: str
    created: datetime
    adaptation_ends: datetime
    transcription_ends: datetime
    guesses_pronunciations: bool
    supports_adaptations_with: tuple[str, ...]
    locale: str = LOCALE


def _day(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


BASE_MODELS = (
    BaseModelRelease(
        name="20250310",
        description="CMU US English. New words need pronunciation data.",
        created=_day(2025, 3, 10),
        adaptation_ends=_day(2026, 4, 15),
        transcription_ends=_day(2027, 4, 15),
        guesses_pronunciations=False,
        supports_adaptations_with=("Language", "Pronunciation"),
    ),
    BaseModelRelease(
        name="20251201",
        description="CMU US English. Structured text; new words need pronunciation data.",
        created=_day(2025, 12, 1),
        adaptation_ends=_day(2027, 1, 15),
        transcription_ends=_day(2028, 1, 15),
        guesses_pronunciations=False,
        supports_adaptations_with=TEXT_KINDS,
    ),
    BaseModelRelease(
        name="20260920",
        description="CMU US English. Works out the pronunciations of new words from their "
        "spelling; transcripts of audio data count as text.",
        created=_day(2026, 9, 20),
        adaptation_ends=_day(2027, 10, 15),
        transcription_ends=_day(2028, 10, 15),
        guesses_pronunciations=True,
        supports_adaptations_with=(*TEXT_KINDS, "Acoustic"),
    ),
)


_BY_NAME = {one.name: one for one in BASE_MODELS}


def release(name: str) -> BaseModelRelease:
    """The release of that name. Raises KeyError when there is none."""
    return _BY_NAME[name]
