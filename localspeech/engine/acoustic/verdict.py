"""What became of the recordings, in words for the model's owner."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from localspeech.engine.acoustic.comparing import LEAST_CLIPS, LEAST_WORDS, Comparison
from localspeech.engine.acoustic.corpus import Clip
from localspeech.engine.errors import EngineError

MOST_FAULTS = 1000
ADAPTED, BASE = "adapted", "base"


@dataclass(frozen=True)
class AcousticReport:
    """What was heard and what was kept of it.

    `kept` is "adapted" or "base"; `sentence` says so and why. `unaligned` are the first files
    that could not be used, with the reason. Rates are fractions, None where nothing was compared.
    """

    kept: str
    sentence: str
    clip_count: int
    aligned_count: int
    seconds: float
    unaligned: tuple[tuple[str, str], ...]
    compared_words: int
    base_word_error_rate: float | None
    adapted_word_error_rate: float | None


def check_any(clips: Sequence[Clip], faults: Mapping[int, str]) -> None:
    """Raise EngineError when no recording goes with its transcript."""
    if len(faults) < len(clips):
        return
    place, reason = next(iter(sorted(faults.items())))
    raise EngineError(
        "InvalidDataset",
        f"None of the {len(clips)} clips of the audio data could be aligned with its transcript. "
        f"The first, {clips[place].file}, {reason}. Check that the transcript names the right "
        "files, or train without this data.",
    )


def conclude(
    clips: Sequence[Clip], faults: Mapping[int, str], compared: Comparison | None
) -> AcousticReport:
    """The report; without a comparison the base is kept."""
    is_better = compared is not None and compared.is_better
    rates: tuple[float | None, float | None] = (None, None)
    if compared is not None:
        rates = (compared.base_errors / compared.words, compared.adapted_errors / compared.words)
    usable = [one for place, one in enumerate(clips) if place not in faults]
    return AcousticReport(
        kept=ADAPTED if is_better else BASE,
        sentence=_sentence(compared, sum(one.seconds for one in usable) / 60)
        + _lost(clips, faults),
        clip_count=len(clips),
        aligned_count=len(usable),
        seconds=sum(one.seconds for one in usable),
        unaligned=tuple(
            (clips[place].file, reason) for place, reason in sorted(faults.items())[:MOST_FAULTS]
        ),
        compared_words=compared.words if compared else 0,
        base_word_error_rate=rates[0],
        adapted_word_error_rate=rates[1],
    )


def _sentence(compared: Comparison | None, minutes: float) -> str:
    if compared is None:
        return (
            "The baseline's acoustic model was kept: there is too little audio to hold a part back "
            f"and compare ({LEAST_CLIPS} clips and {LEAST_WORDS} words are needed)."
        )
    rates = [100 * errors / compared.words for errors in _both(compared)]
    tried = f"{compared.clips} clips ({compared.words:,} words) that it had not learned from"
    if compared.is_better:
        return (
            f"The acoustic model was adapted to {minutes:.1f} minutes of audio: on {tried}, its "
            f"word error rate was {rates[1]:.1f}% instead of {rates[0]:.1f}%."
        )
    return (
        f"The baseline's acoustic model was kept: adapted to {minutes:.1f} minutes of audio, the "
        f"word error rate on {tried} was {rates[1]:.1f}% and not below {rates[0]:.1f}%."
    )


def _both(compared: Comparison) -> tuple[int, int]:
    return compared.base_errors, compared.adapted_errors


def _lost(clips: Sequence[Clip], faults: Mapping[int, str]) -> str:
    if not faults:
        return ""
    return f" {len(faults):,} of {len(clips):,} clips could not be aligned."
