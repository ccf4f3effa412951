"""The recordings that a model is adapted to, parted into folds and pieces.

Each fold is held back once: what the others teach is tried on it. Speakers are not split over
folds when the files tell them apart: by their folders, or by the beginnings of their names up
to the first `-` or `_`.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from localspeech.engine import lexicon, transcripts
from localspeech.engine.text import words

MOST_FOLDS = 4
_PIECE_SECONDS, _MOST_PIECES = 300.0, 96
_LEAST_CLIPS_A_SPEAKER = 2


@dataclass(frozen=True)
class Clip:
    """A recording with its transcript; `archive` is the number of its dataset among them all."""

    archive: int
    file: str
    transcript: str
    seconds: float
    fold: int


@dataclass(frozen=True)
class Piece:
    """A run of clips of one fold."""

    fold: int
    start: int
    stop: int


def clips(archives: Sequence[Path]) -> tuple[Clip, ...]:
    """All usable recordings, fold by fold. Raises EngineError when an archive has none."""
    found = [
        (number, one) for number, path in enumerate(archives) for one in transcripts.test_set(path)
    ]
    folds = _folds([(number, one.file) for number, one in found])
    made = [
        Clip(number, one.file, one.transcript, one.duration_seconds, fold)
        for (number, one), fold in zip(found, folds, strict=True)
    ]
    return tuple(sorted(made, key=lambda one: (one.fold, one.archive)))


def pieces(found: Sequence[Clip]) -> list[Piece]:
    """Runs of some minutes of audio, longer ones when there is very much."""
    most = max(_PIECE_SECONDS, sum(one.seconds for one in found) / _MOST_PIECES)
    cut, start, seconds = [], 0, 0.0
    for number, one in enumerate(found):
        seconds += one.seconds
        is_end = number + 1 == len(found) or found[number + 1].fold != one.fold
        if is_end or seconds >= most:
            cut.append(Piece(one.fold, start, number + 1))
            start, seconds = number + 1, 0.0
    return cut


def pronunciations(
    found: Sequence[Clip], given: lexicon.Lexicon, guess: bool
) -> dict[str, tuple[str, ...]]:
    """Every way to say each word of the transcripts."""
    needed = sorted({word for one in found for word in words(one.transcript)})
    known, new = lexicon.dictionary(), lexicon.new_words(needed, given, guess)
    return {
        word: tuple(dict.fromkeys((*new.get(word, ()), *known.get(word, ())))) for word in needed
    }


def speakers(names: Sequence[tuple[int, str]]) -> list[str] | None:
    """Who speaks in each file of an archive, None when their names do not tell."""
    for reader in (_folder, _beginning):
        found = [reader(name) for _, name in names]
        each = Counter(found)
        if len(each) > 1 and len(found) >= _LEAST_CLIPS_A_SPEAKER * len(each):
            return found
    return None


def _folder(name: str) -> str:
    return str(PurePosixPath(name).parent)


def _beginning(name: str) -> str:
    return PurePosixPath(name).stem.replace("_", "-").partition("-")[0]


def _folds(names: Sequence[tuple[int, str]]) -> list[int]:
    """Fold of each file: whole speakers, the largest first, always into the smallest fold."""
    groups = speakers(names) or [f"{number}/{name}" for number, name in names]
    sizes = [0] * MOST_FOLDS
    fold_of: dict[str, int] = {}
    counts = Counter(groups)
    for group in sorted(counts, key=lambda one: (-counts[one], _digest(one))):
        fold_of[group] = sizes.index(min(sizes))
        sizes[fold_of[group]] += counts[group]
    return [fold_of[group] for group in groups]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
