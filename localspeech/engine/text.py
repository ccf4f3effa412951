"""One normalisation for training text, references and hypotheses."""

import re
import unicodedata

_NUMBERS = "zero one two three four five six seven eight nine".split(" ")
_DIGITS = {str(digit): word for digit, word in enumerate(_NUMBERS)}
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "&": " and ", "@": " at ", "%": " percent "})
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)*'?|'[a-z]+|[0-9]")
_VARIANT = re.compile(r"\(\d+\)$")


def normalise(text: str) -> str:
    """Lower-case words parted by single spaces; digits are read one by one.

    Punctuation goes, apostrophes inside words stay, accents are stripped.
    """
    return " ".join(words(text))


def words(text: str) -> list[str]:
    """The words of `normalise`."""
    plain = unicodedata.normalize("NFKD", text.translate(_QUOTES))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    return [_DIGITS.get(token, token) for token in _TOKEN.findall(plain)]


def without_variant(word: str) -> str:
    """A dictionary word without the number of its pronunciation: `read(2)` gives `read`."""
    return _VARIANT.sub("", word)
