"""Pronunciations: the shipped dictionary, what the data brings, and guesses for the rest."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from localspeech.engine import assets, graphemes
from localspeech.engine.text import without_variant, words

Lexicon = dict[str, tuple[str, ...]]


@cache
def dictionary() -> Mapping[str, tuple[str, ...]]:
    """Each word of the shipped dictionary with its pronunciations."""
    found: dict[str, list[str]] = {}
    with assets.dictionary().open() as lines:
        for line in lines:
            word, _, phones = line.strip().partition(" ")
            found.setdefault(without_variant(word), []).append(phones)
    return {word: tuple(phones) for word, phones in found.items()}


def spoken(form: str) -> str | None:
    """Phones of a spoken form: words, syllables or single letters parted by spaces.

    None when nothing in it can be pronounced.
    """
    parts = [_part(piece) for piece in words(form)]
    return " ".join(parts) if parts and all(parts) else None


def _part(piece: str) -> str:
    if piece == "a":
        return "EY"
    known = dictionary().get(piece) or dictionary().get(f"{piece}.")
    return known[0] if known else graphemes.pronounce(piece)


def new_words(vocabulary: Iterable[str], given: Lexicon, guess: bool) -> Lexicon:
    """Pronunciations of the words that the dictionary lacks; given ones come first.

    Without `guess`, a word that nobody gave a pronunciation for is left out.
    """
    found = dict(given)
    for word in sorted(set(vocabulary) - set(given) - set(dictionary())):
        phones = graphemes.pronounce(word) if guess else ""
        if phones:
            found[word] = (phones,)
    return found


def merged(base: Mapping[str, tuple[str, ...]], given: Lexicon) -> Iterable[str]:
    """Lines of a dictionary file, the given pronunciations before the shipped ones."""
    for word in dict.fromkeys((*base, *given)):
        variants = dict.fromkeys((*given.get(word, ()), *base.get(word, ())))
        for number, phones in enumerate(variants, 1):
            yield f"{word} {phones}\n" if number == 1 else f"{word}({number}) {phones}\n"


def save(lexicon: Lexicon, path: Path) -> None:
    """Write a lexicon of its own."""
    path.write_text("".join(merged({}, lexicon)))


def load(path: Path) -> Lexicon:
    """Read what `save` wrote."""
    found: dict[str, list[str]] = {}
    for line in path.read_text().splitlines():
        word, _, phones = line.partition(" ")
        found.setdefault(without_variant(word), []).append(phones)
    return {word: tuple(phones) for word, phones in found.items()}
