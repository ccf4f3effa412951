"""What comes out of an evaluation: details of every utterance, and the figures of the API."""

from collections.abc import Mapping, Sequence
from typing import Any

from localspeech.engine.scoring import Score, UtteranceScore, score
from localspeech.engine.transcripts import Utterance

Conclusion = tuple[list[dict[str, Any]], dict[str, Any]]


def scored(utterances: Sequence[Utterance], texts: Mapping[int, Sequence[str]]) -> Conclusion:
    """Both models' texts against the transcripts."""
    (total1, rows1), (total2, rows2) = (
        score([(u.file, u.transcript, t) for u, t in zip(utterances, texts[number], strict=True)])
        for number in (1, 2)
    )
    details = [
        {"file": a.file, "reference": a.reference, "model1": _side(a), "model2": _side(b)}
        for a, b in zip(rows1, rows2, strict=True)
    ]
    return details, _figures(total1, "1") | _figures(total2, "2")


def inspected(utterances: Sequence[Utterance], texts: Mapping[int, Sequence[str]]) -> Conclusion:
    """Both models' texts side by side; there is nothing to measure them by."""
    details: list[dict[str, Any]] = [
        {"file": one.file, "model1": {"text": a}, "model2": {"text": b}}
        for one, a, b in zip(utterances, texts[1], texts[2], strict=True)
    ]
    return details, {}


def _figures(total: Score, number: str) -> dict[str, Any]:
    figures = {
        "wordErrorRate": total.word_error_rate,
        "sentenceErrorRate": total.sentence_error_rate,
        "sentenceCount": total.sentence_count,
        "wordCount": total.word_count,
        "correctWordCount": total.correct,
        "wordSubstitutionCount": total.substitutions,
        "wordDeletionCount": total.deletions,
        "wordInsertionCount": total.insertions,
    }
    return {name + number: value for name, value in figures.items()}


def _side(one: UtteranceScore) -> dict[str, Any]:
    return {
        "text": one.hypothesis,
        "wordCount": one.word_count,
        "substitutions": one.substitutions,
        "deletions": one.deletions,
        "insertions": one.insertions,
        "operations": [list(operation) for operation in one.operations],
    }
