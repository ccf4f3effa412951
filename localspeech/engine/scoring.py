"""Word error rate: (insertions + deletions + substitutions) / words in the reference."""

from collections.abc import Sequence
from dataclasses import dataclass

import jiwer

from localspeech.engine.text import normalise

Operation = tuple[str, str | None, str | None]


@dataclass(frozen=True)
class UtteranceScore:
    """One utterance aligned: operations are (kind, reference word, hypothesis word)."""

    file: str
    reference: str
    hypothesis: str
    word_count: int
    substitutions: int
    deletions: int
    insertions: int
    operations: tuple[Operation, ...]

    @property
    def errors(self) -> int:
        """All three kinds together."""
        return self.substitutions + self.deletions + self.insertions


@dataclass(frozen=True)
class Score:
    """Sums over a test set; rates are fractions."""

    word_count: int
    substitutions: int
    deletions: int
    insertions: int
    sentence_count: int
    sentence_errors: int

    @property
    def correct(self) -> int:
        """Reference words that were recognised."""
        return self.word_count - self.substitutions - self.deletions

    @property
    def word_error_rate(self) -> float:
        """Errors over reference words; may exceed 1."""
        errors = self.substitutions + self.deletions + self.insertions
        return errors / self.word_count if self.word_count else 0.0

    @property
    def sentence_error_rate(self) -> float:
        """Utterances with any error over all utterances."""
        return self.sentence_errors / self.sentence_count if self.sentence_count else 0.0


def score(rows: Sequence[tuple[str, str, str]]) -> tuple[Score, list[UtteranceScore]]:
    """Score (file, reference, hypothesis) rows; both texts are normalised alike."""
    scored = [_scored(*row) for row in rows]
    total = Score(
        word_count=sum(one.word_count for one in scored),
        substitutions=sum(one.substitutions for one in scored),
        deletions=sum(one.deletions for one in scored),
        insertions=sum(one.insertions for one in scored),
        sentence_count=len(scored),
        sentence_errors=sum(one.errors > 0 for one in scored),
    )
    return total, scored


def _scored(file: str, reference: str, hypothesis: str) -> UtteranceScore:
    wanted, heard = normalise(reference), normalise(hypothesis)
    if not wanted:
        inserted = heard.split()
        extra = tuple(("insert", None, word) for word in inserted)
        return UtteranceScore(file, wanted, heard, 0, 0, 0, len(inserted), extra)
    output = jiwer.process_words(wanted, heard)
    return UtteranceScore(
        file,
        wanted,
        heard,
        len(wanted.split()),
        output.substitutions,
        output.deletions,
        output.insertions,
        tuple(_operations(output)),
    )


def _operations(output: jiwer.WordOutput) -> list[Operation]:
    wanted, heard = output.references[0], output.hypotheses[0]
    found: list[Operation] = []
    for chunk in output.alignments[0]:
        left = wanted[chunk.ref_start_idx : chunk.ref_end_idx]
        right = heard[chunk.hyp_start_idx : chunk.hyp_end_idx]
        if chunk.type == "insert":
            found.extend((chunk.type, None, word) for word in right)
        elif chunk.type == "delete":
            found.extend((chunk.type, word, None) for word in left)
        else:
            found.extend((chunk.type, a, b) for a, b in zip(left, right, strict=True))
    return found
