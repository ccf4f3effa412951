"""Pronunciations: the shipped dictionary, what the data brings, and guesses for the rest."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from localspeech.engine import graphemes
from localspeech.engine.dictionary import as_read, dictionary, spelled, without_variant
from localspeech.engine.text import words

Lexicon = dict[str, tuple[str, ...]]
_VOWELS = frozenset("aeiouy")
_LONGEST_SPELLED = 6


def spoken(form: str) -> str | None:
    """Phones of a spoken form: words, syllables or single letters parted by spaces.

    None when nothing in it can be pronounced.
    """
    parts = [as_read(piece) or guessed([piece])[0] for piece in words(form)]
    return " ".join(parts) if parts and all(parts) else None


def guessed(unknown: Sequence[str]) -> list[str]:
    """Phones of words from their spelling alone; "" for one without letters.

    A short word without a vowel, such as `cntk`, is said letter by letter.
    """
    found = [spelled(word) if _is_spelled(word) else "" for word in unknown]
    others = [place for place, phones in enumerate(found) if not phones]
    read = graphemes.pronounce_all([unknown[place] for place in others])
    for place, phones in zip(others, read, strict=True):
        found[place] = phones
    return found


def _is_spelled(word: str) -> bool:
    letters = set(word)
    return len(letters) > 1 and len(word) <= _LONGEST_SPELLED and not letters & _VOWELS


def new_words(vocabulary: Iterable[str], given: Lexicon, guess: bool) -> Lexicon:
    """Pronunciations of the words that the dictionary lacks; given ones come first.

    Without `guess`, a word that nobody gave a pronunciation for is left out.
    """
    found = dict(given)
    lacking = sorted(set(vocabulary) - set(given) - set(dictionary()))
    if guess:
        guesses = zip(lacking, guessed(lacking), strict=True)
        found |= {word: (phones,) for word, phones in guesses if phones}
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
