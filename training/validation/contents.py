"""What a file says, counted while it is checked: words, and marks by which files are compared."""

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

MOST_DISTINCT = 1_000_000
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_APOSTROPHES = str.maketrans("’‘ʼ", "'''")


def words(text: str) -> list[str]:
    """The words of a sentence, in lower case and without punctuation."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text.translate(_APOSTROPHES))
    return _WORD.findall(plain.casefold())


def mark(digest: Any) -> int:
    """64 bits that stand for what a SHA-256 has been fed."""
    return int.from_bytes(digest.digest()[:8], "little")


@dataclass
class Contents:
    """Filled line by line and clip by clip.

    `sentences` and `clips` hold a mark for each sentence, whatever its case and punctuation,
    and for each clip's samples.
    """

    word_count: int = 0
    sentences: "array[int]" = field(default_factory=lambda: array("Q"))
    clips: "array[int]" = field(default_factory=lambda: array("Q"))
    _distinct: set[str] = field(default_factory=set)

    def count(self, found: Iterable[str]) -> None:
        """Count words."""
        kept = list(found)
        self.word_count += len(kept)
        if len(self._distinct) < MOST_DISTINCT:
            self._distinct.update(kept)

    def sentence(self, text: str) -> int:
        """Count a sentence's words and keep its mark, which is the answer; 0 without words."""
        found = words(text)
        if not found:
            return 0
        self.count(found)
        self.sentences.append(mark(sha256(" ".join(found).encode())))
        return self.sentences[-1]

    def forget_words(self) -> None:
        """For languages that do not part words by spaces, so that nothing can be counted."""
        self.word_count = 0
        self._distinct.clear()

    def facts(self) -> dict[str, int]:
        """Counts for a person; what the data does not have, or has too much of, is absent."""
        return dict(self._facts())

    def _facts(self) -> Iterator[tuple[str, int]]:
        if self.word_count:
            yield "word_count", self.word_count
        if 0 < len(self._distinct) < MOST_DISTINCT:
            yield "vocabulary_size", len(self._distinct)
        for name in ("sentences", "clips"):
            marks = getattr(self, name)
            if marks:
                yield f"repeated_{name}", len(marks) - _distinct(marks)


def _distinct(marks: "array[int]") -> int:
    import numpy as np

    return int(np.unique(np.frombuffer(marks, "<u8")).size)
