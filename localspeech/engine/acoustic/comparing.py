"""Trying what was learned on recordings that were held back, against the base."""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from localspeech.engine import archive, wav
from localspeech.engine.acoustic.corpus import Clip
from localspeech.engine.scoring import score

LEAST_CLIPS, LEAST_WORDS = 8, 40
_MOST_SECONDS = 300.0


@dataclass(frozen=True)
class Comparison:
    """Errors of the base and of what was adapted, on the same held-back clips."""

    clips: int
    words: int
    base_errors: int
    adapted_errors: int

    @property
    def is_better(self) -> bool:
        """Whether adapting paid."""
        return self.adapted_errors < self.base_errors


def chosen(clips: Sequence[Clip], faults: Collection[int]) -> list[int]:
    """Places of the clips to try: some minutes of those that were aligned, from every fold.

    Empty when there are too few clips or words, or one fold alone.
    """
    usable = [place for place in range(len(clips)) if place not in faults]
    usable.sort(key=lambda place: _digest(clips[place]))
    found, seconds = [], 0.0
    for place in usable:
        if seconds >= _MOST_SECONDS:
            break
        found.append(place)
        seconds += clips[place].seconds
    spoken = sum(len(clips[place].transcript.split()) for place in found)
    is_enough = len(found) >= LEAST_CLIPS and spoken >= LEAST_WORDS
    folds = {clips[place].fold for place in found}
    return sorted(found) if is_enough and len(folds) > 1 else []


def heard(
    clips: Sequence[Clip],
    places: Sequence[int],
    archives: Sequence[Path],
    recognisers: Mapping[str, Callable[[bytes], str]],
) -> dict[str, dict[int, str]]:
    """What each of the named recognisers hears in the clips at these places, as 16 kHz s16le."""
    texts: dict[str, dict[int, str]] = {name: {} for name in recognisers}
    for number, path in enumerate(archives):
        with archive.opened(path) as opened:
            for place in places:
                if clips[place].archive == number:
                    pcm = wav.pcm(opened, clips[place].file)
                    for name, one in recognisers.items():
                        texts[name][place] = one(pcm)
    return texts


def compared(
    clips: Sequence[Clip], base: Mapping[int, str], adapted: Mapping[int, str]
) -> Comparison:
    """The figures from what each heard in the clips at these places."""
    (words, base_errors), (_, adapted_errors) = (_errors(clips, one) for one in (base, adapted))
    return Comparison(len(base), words, base_errors, adapted_errors)


def _errors(clips: Sequence[Clip], heard: Mapping[int, str]) -> tuple[int, int]:
    rows = [(clips[at].file, clips[at].transcript, text) for at, text in sorted(heard.items())]
    total, _ = score(rows)
    return total.word_count, total.substitutions + total.deletions + total.insertions


def _digest(clip: Clip) -> str:
    return hashlib.sha256(f"{clip.archive}/{clip.file}".encode()).hexdigest()
