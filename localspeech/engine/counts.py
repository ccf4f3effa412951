"""N-gram counts of a custom model's own text: the small part that is kept on disk."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from localspeech.engine.errors import EngineError

BEGIN, END = "<s>", "</s>"
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


def count(sentences: Iterable[list[str]], extra_words: Iterable[str] = ()) -> Counts:
    """Count sentences; an extra word is counted once, standing for itself alone."""
    ids: dict[str, int] = {BEGIN: 0, END: 1}
    flat: list[int] = []
    lengths: list[int] = []
    for sentence in sentences:
        flat.append(0)
        flat.extend(ids.setdefault(word, len(ids)) for word in sentence)
        flat.append(1)
        lengths.append(len(sentence) + 2)
    extra = [ids.setdefault(word, len(ids)) for word in extra_words]
    line = np.asarray(flat, np.int64)
    sentence_of = np.repeat(np.arange(len(lengths)), np.asarray(lengths, np.int64))
    unigrams = np.bincount(np.concatenate([line, np.asarray(extra, np.int64)]), minlength=len(ids))
    unigrams[0] = 0
    return Counts(
        tuple(ids),
        unigrams,
        _windows(line, sentence_of, 2),
        _windows(line, sentence_of, 3),
    )


def _windows(line: Ints, sentence_of: Ints, length: int) -> Ints:
    if len(line) < length:
        return np.zeros((0, length + 1), np.int64)
    inside = sentence_of[length - 1 :] == sentence_of[: len(line) - length + 1]
    stops = [len(line) - length + 1 + i for i in range(length)]
    columns = np.stack([line[i:stop][inside] for i, stop in enumerate(stops)], 1)
    grams, times = np.unique(columns, axis=0, return_counts=True)
    return np.concatenate([grams, times[:, None]], 1)
