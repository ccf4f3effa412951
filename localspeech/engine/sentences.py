"""Training text as numbers: one array of word ids, however much text there is."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from localspeech.engine.errors import EngineError

BEGIN, END = "<s>", "</s>"
# Three word ids make one 64-bit key.
MOST_WORDS = 2_000_000
Ids = NDArray[np.int32]
Hashes = NDArray[np.uint64]
_ODD = 0x9E3779B97F4A7C15


@dataclass(frozen=True)
class Sentences:
    """Different words, of which the first two are the marks, and sentences of their ids.

    `line`: (N,) ids of all sentences one after another, each between the marks' ids 0 and 1.
    `extra`: (E,) ids of words that were given by themselves, in a sentence too or not.
    """

    words: tuple[str, ...]
    line: Ids
    extra: Ids

    @property
    def count(self) -> int:
        """How many sentences there are."""
        return int((self.line == 0).sum())

    @property
    def word_count(self) -> int:
        """How many words the sentences have together."""
        return len(self.line) - 2 * self.count

    def part(self, is_wanted: NDArray[np.bool_]) -> "Sentences":
        """Some sentences, with all of the words; one truth value for each sentence."""
        lengths = np.diff(np.append(np.flatnonzero(self.line == 0), len(self.line)))
        return Sentences(self.words, self.line[np.repeat(is_wanted, lengths)], self.extra)

    def hashes(self) -> Hashes:
        """A number for each sentence, the same for the same words, in every process."""
        starts = np.flatnonzero(self.line == 0)
        if not len(starts):
            return np.zeros(0, np.uint64)
        lengths = np.diff(np.append(starts, len(self.line)))
        place = np.arange(len(self.line)) - np.repeat(starts, lengths)
        mixed = _mixed(self.line.astype(np.uint64) + (place.astype(np.uint64) << np.uint64(32)))
        return _mixed(np.add.reduceat(mixed, starts))


def _mixed(values: Hashes) -> Hashes:
    values = (values ^ (values >> np.uint64(31))) * np.uint64(_ODD)
    return values ^ (values >> np.uint64(29))


def gather(sentences: Iterable[list[str]], extra_words: Iterable[str] = ()) -> Sentences:
    """Number the words of sentences, and words without any text.

    Raises EngineError when there are over two million different words.
    """
    ids: dict[str, int] = {BEGIN: 0, END: 1}
    line = array("i")
    for sentence in sentences:
        line.append(0)
        line.extend([ids.setdefault(word, len(ids)) for word in sentence])
        line.append(1)
    extra = np.array([ids.setdefault(word, len(ids)) for word in extra_words], np.int32)
    if len(ids) > MOST_WORDS:
        raise EngineError("InvalidDataset", f"The text has over {MOST_WORDS:,} different words.")
    return Sentences(tuple(ids), np.array(line, np.int32), extra)
