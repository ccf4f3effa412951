"""A language model as text, in the format that ARPA's projects made common."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from localspeech.engine.ngram import Trigrams

_LEAST, _UNKNOWN = -99.0, -9.0
_TEN = float(np.log(10))


def write(model: Trigrams, path: Path) -> None:
    """Write a trigram model; probabilities are logarithms to the base 10."""
    with path.open("w") as file:
        file.write("\\data\\\n")
        for order, count in enumerate((model.size + 1, len(model.k2), len(model.k3)), 1):
            file.write(f"ngram {order}={count}\n")
        for order, lines in enumerate((_unigrams(model), _bigrams(model), _trigrams(model)), 1):
            file.write(f"\n\\{order}-grams:\n")
            file.writelines(lines)
        file.write("\n\\end\\\n")


def _unigrams(model: Trigrams) -> Iterator[str]:
    yield f"{_UNKNOWN}\t<unk>\t0\n"
    likely = np.maximum(model.p1 / _TEN, _LEAST)
    for p, word, b in zip(likely, model.words, model.b1 / _TEN, strict=True):
        yield f"{p:.5f}\t{word}\t{b:.5f}\n"


def _bigrams(model: Trigrams) -> Iterator[str]:
    names = np.array(model.words, object)
    first, second = names[model.k2 // model.size], names[model.k2 % model.size]
    columns: Iterable[tuple[float, str, str, float]] = zip(
        model.p2 / _TEN, first, second, model.b2 / _TEN, strict=True
    )
    for p, a, b, weight in columns:
        yield f"{p:.5f}\t{a} {b}\t{weight:.5f}\n"


def _trigrams(model: Trigrams) -> Iterator[str]:
    names, size = np.array(model.words, object), model.size
    history, third = names[model.k3 // size % size], names[model.k3 % size]
    for p, a, b, c in zip(model.p3 / _TEN, names[model.k3 // size**2], history, third, strict=True):
        yield f"{p:.5f}\t{a} {b} {c}\n"
