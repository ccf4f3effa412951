"""N-gram counts of a custom model's own text: the small part that is kept on disk."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from localspeech.engine.errors import EngineError
from localspeech.engine.sentences import Sentences

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Counts:
    """Words (the first two are the sentence marks) and counted n-grams over their ids.

    unigrams: (V,) counts, the beginning mark never counted. bigrams: (B, 3) and trigrams:
    (T, 4): ids in reading order, then the count.
    """

    words: tuple[str, ...]
    unigrams: Ints
    bigrams: Ints
    trigrams: Ints

    def save(self, path: Path) -> None:
        """Write everything into one compressed file."""
        np.savez_compressed(
            path,
            words=np.array("\n".join(self.words).encode()),
            unigrams=self.unigrams.astype(np.uint32),
            bigrams=self.bigrams.astype(np.uint32),
            trigrams=self.trigrams.astype(np.uint32),
        )


def load(path: Path) -> Counts:
    """Read what `save` wrote. Raises EngineError when the file is damaged."""
    try:
        with np.load(path, allow_pickle=False) as data:
            return Counts(
                tuple(bytes(data["words"]).decode().split("\n")),
                *(data[name].astype(np.int64) for name in ("unigrams", "bigrams", "trigrams")),
            )
    except (OSError, ValueError, KeyError) as error:
        raise EngineError("InvalidModel", f"The model file {path.name} is damaged.") from error


def count(text: Sentences) -> Counts:
    """Count sentences; an extra word that stands in none is counted once."""
    unigrams = np.bincount(text.line, minlength=len(text.words))
    unigrams[text.extra] = np.maximum(unigrams[text.extra], 1)
    unigrams[0] = 0
    return Counts(text.words, unigrams, _windows(text, 2), _windows(text, 3))


def _windows(text: Sentences, length: int) -> Ints:
    """Runs of that many words that cross no sentence's end, sorted, each with its count.

    As keys, ids being digits: sorting numbers is many times as fast as sorting rows.
    """
    line, size = text.line, len(text.words)
    starts = max(len(line) - length + 1, 0)
    is_inside = np.ones(starts, bool)
    keys = np.zeros(starts, np.int64)
    for place in range(length):
        words = line[place : starts + place]
        keys = keys * size + words
        if place:
            is_inside &= words != 0
    keys = np.sort(keys[is_inside])
    starts_here = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])
    grams, times = keys[starts_here], np.diff(np.append(starts_here, len(keys)))
    columns = [grams // size**power % size for power in reversed(range(length))]
    return np.stack([*columns, times], 1)
