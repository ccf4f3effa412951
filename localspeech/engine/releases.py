"""Releases of the base models. Their dates are facts of a release, never computed."""

from dataclasses import dataclass
from datetime import UTC, datetime

LOCALE = "en-US"
DEFAULT_WEIGHT_PERCENT = 30
DATASET_KINDS = ("Language", "LanguageMarkdown", "Pronunciation", "Acoustic", "AudioFiles")
AUDIO_KINDS = ("Acoustic", "AudioFiles")
TEXT_KINDS = ("Language", "LanguageMarkdown", "Pronunciation")
CMU, WHISPER, PHONEMES = "CMU Pocketsphinx", "Whisper", "Phonemes"


@dataclass(frozen=True)
class BaseModelRelease:
    """One release. Those of a family share their weights.

    `guesses_pronunciations`: whether words new to the dictionary get a pronunciation from
    the grapheme-to-phoneme network; without it they need Pronunciation data.
    `adapts_acoustics`: whether Acoustic data changes the acoustic model; without it, where the
    data is taken, its transcripts alone count.
    """

    name: str
    description: str
    created: datetime
    adaptation_ends: datetime
    transcription_ends: datetime
    guesses_pronunciations: bool
    supports_adaptations_with: tuple[str, ...]
    adapts_acoustics: bool = False
    locale: str = LOCALE
    family: str = CMU


def _day(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


# What every installation has, oldest first.
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
    BaseModelRelease(
        name="20261120",
        description="CMU US English. Adapts its acoustic model to recordings with transcripts.",
        created=_day(2026, 11, 20),
        adaptation_ends=_day(2028, 1, 15),
        transcription_ends=_day(2029, 1, 15),
        guesses_pronunciations=True,
        supports_adaptations_with=(*TEXT_KINDS, "Acoustic"),
        adapts_acoustics=True,
    ),
)

# It stands behind the newest one of the other family: what asks for the newest base model goes on
# to get one that takes every kind of data and needs nothing installed.
WHISPER_RELEASE = BaseModelRelease(
    name="20261110 Whisper",
    description="Whisper. Adapts to text; new words need no pronunciation. Recordings and "
    "pronunciations do not change it.",
    created=_day(2026, 11, 10),
    adaptation_ends=_day(2028, 1, 15),
    transcription_ends=_day(2029, 1, 15),
    guesses_pronunciations=True,
    supports_adaptations_with=("Language", "LanguageMarkdown"),
    family=WHISPER,
)

# For the same reason it stands behind it, too.
PHONEMES_RELEASE = BaseModelRelease(
    name="20261115 Phonemes",
    description="A network that hears phones, with a dictionary and a language model. Better on "
    "accents than CMU. Works out the pronunciations of new words; recordings do not change it.",
    created=_day(2026, 11, 15),
    adaptation_ends=_day(2028, 1, 15),
    transcription_ends=_day(2029, 1, 15),
    guesses_pronunciations=True,
    supports_adaptations_with=TEXT_KINDS,
    family=PHONEMES,
)

_BY_NAME = {one.name: one for one in (*BASE_MODELS, WHISPER_RELEASE, PHONEMES_RELEASE)}


def release(name: str) -> BaseModelRelease:
    """The release of that name. Raises KeyError when there is none."""
    return _BY_NAME[name]
