"""One normalisation for training text, references and hypotheses."""

import re
import unicodedata

from localspeech.engine import abbreviations, written

_SIGNS = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "&": " and ",
        "@": " at ",
        "%": " percent ",
        "²": " squared ",
        "³": " cubed ",
        "⁄": "/",
        "−": "-",
    }
)
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)*'?|'[a-z]+")
_LETTERS = re.compile(r"\b[a-z] [a-z]\b")
_VULGAR = re.compile("(?<=[0-9])(?=[¼-¾⅐-⅞])")


def normalise(text: str) -> str:
    """Lower-case words parted by single spaces, numbers and abbreviations as they are said.

    Punctuation goes, apostrophes inside words stay, accents are stripped.
    """
    return " ".join(words(text))


def words(text: str) -> list[str]:
    """The words of `normalise`."""
    if not text.isascii():
        text = _plain(text)
    said = written.read_out(abbreviations.expanded(text.translate(_SIGNS)))
    found = _TOKEN.findall(said.lower())
    # Once more for what punctuation and digits hid: reading out twice is to change nothing.
    return abbreviations.expanded(" ".join(found)).split() if _is_short(found) else found


def _is_short(found: list[str]) -> bool:
    return not abbreviations.BARE.isdisjoint(found) or bool(_LETTERS.search(" ".join(found)))


def _plain(text: str) -> str:
    """Without accents, and compatible characters as the plain ones that they stand for."""
    parted = unicodedata.normalize("NFKD", _VULGAR.sub(" ", text).translate(_SIGNS))
    return "".join(c for c in parted if not unicodedata.combining(c))
