"""A domain's own words, written as it writes them: what the network is told before it listens."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from localspeech.engine import trie
from localspeech.engine.ngram import NEVER
from localspeech.engine.text import words

CONTEXT_FILE = "context.txt"
MOST_WORDS = 300
# Words that general English has more often are the network's own.
_RARE = math.log(2e-5)
_EDGES = re.compile(r"^\W+|\W+$")


def chosen(texts: Iterable[str]) -> list[str]:
    """Rare words that mark the domain most: by count times how much likelier they are here."""
    counted: Counter[str] = Counter()
    written: dict[str, Counter[str]] = {}
    for text in texts:
        counted.update(words(text))
        for piece in text.split():
            form = _EDGES.sub("", piece)
            if words(form) == [form.lower()]:
                written.setdefault(form.lower(), Counter())[form] += 1
    general, total = trie.frequencies(), counted.total()
    rarest = min(share for share in general.values() if share > NEVER)
    worth = {
        word: count * (math.log(count / total) - general.get(word, rarest))
        for word, count in counted.items()
        if general.get(word, rarest) < _RARE
    }
    ordered = sorted(worth, key=lambda word: (-worth[word], word))[:MOST_WORDS]
    return [_usual(written.get(word, Counter()), word) for word in ordered]


def _usual(forms: Counter[str], word: str) -> str:
    return min(forms, key=lambda form: (-forms[form], form)) if forms else word


def sentence(chosen_words: Sequence[str]) -> str:
    """The words as the network reads them."""
    return ", ".join(chosen_words)


def save(chosen_words: Sequence[str], folder: Path) -> None:
    """Keep the words with a model, one a line."""
    (folder / CONTEXT_FILE).write_text("".join(f"{word}\n" for word in chosen_words))


def load(folder: Path) -> list[str]:
    """Read what `save` wrote."""
    return (folder / CONTEXT_FILE).read_text().splitlines()
