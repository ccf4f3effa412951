"""What the utterances of a test say beyond its word error rates."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_MOST = 15
_RESAMPLES, _CHUNK, _SEED = 2000, 100, 20261123
Operations = Sequence[Sequence[str | None]]


def analysis(pairs: Sequence[tuple[Operations, Operations]]) -> dict[str, Any]:
    """Confidence and words of a test, from each utterance's operations of both models.

    `interval1`, `interval2`: 95% of the word error rates; `change`: 95% of the share of errors
    that model 1 makes less, in fractions, or null where model 2 makes none; the rest are lists
    of the most frequent words with their counts.
    """
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    return {
        **intervals([(_errors(a), _errors(b), _words(a)) for a, b in pairs]),
        **{f"{name}1": found for name, found in _mistakes(first).items()},
        **{f"{name}2": found for name, found in _mistakes(second).items()},
        "gained": top(heard_alone(pairs, 1)),
        "lost": top(heard_alone(pairs, 2)),
    }


def intervals(counts: Sequence[tuple[int, int, int]]) -> dict[str, Any]:
    """95% intervals by resampling utterances (errors 1, errors 2, words), the same for both.

    A paired bootstrap: it asks what other tests of as many such utterances would have shown.
    """
    if not counts:
        return {}
    import numpy as np

    rows = np.array(counts, dtype=np.float64)
    random = np.random.default_rng(_SEED)
    share = np.full(len(rows), 1 / len(rows))
    sums = np.concatenate(
        [random.multinomial(len(rows), share, _CHUNK) @ rows for _ in range(_RESAMPLES // _CHUNK)]
    )
    words = np.maximum(sums[:, 2], 1)

    def middle(values: Any) -> list[float]:
        return [round(float(one), 4) for one in np.percentile(values, (2.5, 97.5))]

    compared = sums[sums[:, 1] > 0]
    change = (compared[:, 1] - compared[:, 0]) / compared[:, 1] if len(compared) else None
    return {
        "interval1": middle(sums[:, 0] / words),
        "interval2": middle(sums[:, 1] / words),
        "change": middle(change) if change is not None else None,
    }


def heard_alone(pairs: Iterable[tuple[Operations, Operations]], number: int) -> "Counter[str]":
    """Words of the references that one model (1 or 2) has right and the other has not."""
    found: Counter[str] = Counter()
    for pair in pairs:
        found.update(_right(pair[number - 1]) - _right(pair[2 - number]))
    return found


def top(words: "Counter[str]") -> list[list[Any]]:
    """The most frequent words with their counts."""
    return [[word, count] for word, count in words.most_common(_MOST)]


def _errors(operations: Operations) -> int:
    return sum(1 for one in operations if one[0] != "equal")


def _words(operations: Operations) -> int:
    return sum(1 for one in operations if one[0] != "insert")


def _mistakes(all_operations: Iterable[Operations]) -> Mapping[str, list[list[Any]]]:
    confused: Counter[tuple[str, str]] = Counter()
    missed: Counter[str] = Counter()
    inserted: Counter[str] = Counter()
    for operations in all_operations:
        for kind, wanted, heard in operations:
            if kind == "substitute":
                confused[str(wanted), str(heard)] += 1
            elif kind == "delete":
                missed[str(wanted)] += 1
            elif kind == "insert":
                inserted[str(heard)] += 1
    pairs = [[*words, count] for words, count in confused.most_common(_MOST)]
    return {"confused": pairs, "missed": top(missed), "inserted": top(inserted)}


def _right(operations: Operations) -> "Counter[str]":
    return Counter(str(wanted) for kind, wanted, _heard in operations if kind == "equal")
