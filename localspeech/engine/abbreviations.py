"""Abbreviations as people say them, and letters said one by one as one word.

What the base model itself writes short stays so: its own text has `mr`, `mrs` and `jr`, and its
dictionary says them in full. Other short forms become the words that they stand for.
"""

import re

from localspeech.engine.dictionary import initialisms

# With a period alone; without one they may be something else, such as a name.
_WITH_PERIOD = {
    "prof": "professor",
    "gov": "governor",
    "sen": "senator",
    "sgt": "sergeant",
    "capt": "captain",
    "lt": "lieutenant",
    "ave": "avenue",
    "blvd": "boulevard",
    "hwy": "highway",
    "mt": "mount",
    "dept": "department",
    "corp": "corporation",
    "approx": "approximately",
    "e.g": "for example",
    "i.e": "that is",
}
# Rank and name: before a capital letter alone, as the words also end sentences.
_BEFORE_NAME = {
    "gen": "general",
    "col": "colonel",
    "maj": "major",
    "rep": "representative",
    "rev": "reverend",
    "pres": "president",
}
_ALWAYS = {"vs": "versus", "ok": "okay", "mister": "mr", "o.k": "okay"}
# What is read out without a period too.
BARE = frozenset({*_ALWAYS, "dr", "st"})
_NO_NAME = frozenset("and or in at near to from on is was the by for with of that which".split())
_SHORT = re.compile(
    rf"(?<![\w'.])(?:(?P<always>{'|'.join(map(re.escape, _ALWAYS))})\b\.?(?!')"
    rf"|(?P<period>{'|'.join(map(re.escape, _WITH_PERIOD))})\."
    rf"|(?P<name>{'|'.join(_BEFORE_NAME)})\.(?=\s(?-i:[A-Z]))"
    r"|(?P<doctor>dr)\b\.?(?!')|(?P<saint>st)\b\.?(?!'))",
    re.IGNORECASE,
)
_NEXT = re.compile(r"\s+([A-Za-z]+)")
_BEFORE = re.compile(r"[A-Z][a-z]+\s$")
_NUMBERED = re.compile(r"[0-9]\S*\s(?:\S+\s){1,2}$")
# The first letter is not the end of another word, nor the last one the beginning.
_DOTTED = re.compile(r"(?<![\w'.])[A-Za-z](?:\.\s?[A-Za-z](?![\w']))+\.?")
_SPACED = re.compile(r"(?<![\w'.])[A-Za-z](?:\s[A-Za-z](?![\w'.]))+(?![\w'])")


def expanded(text: str) -> str:
    """The text with abbreviations as words."""
    return joined(_SHORT.sub(_said, text))


def joined(text: str) -> str:
    """`F.B.I.`, `F B I` and `f b i` give `fbi`, which the dictionary says letter by letter."""
    text = _DOTTED.sub(_one_word, text)
    return _SPACED.sub(_one_word, text)


def _one_word(match: re.Match[str]) -> str:
    letters = re.sub("[^a-z]", "", match.group().lower())
    if letters in initialisms() or (letters == "am" and "." in match.group()):
        return f" {letters} "
    return match.group()


def _said(match: re.Match[str]) -> str:
    kind, short = match.lastgroup, match.group().lower().rstrip(".")
    if kind == "always":
        return f" {_ALWAYS[short]} "
    if kind == "period":
        return f" {_WITH_PERIOD[short]} "
    if kind == "name":
        return f" {_BEFORE_NAME[short]} "
    is_name = _is_before_name(match)
    if kind == "doctor":
        return " doctor " if is_name or not _is_after_name(match) else " drive "
    is_address = bool(_NUMBERED.search(match.string[: match.start()]))
    return " saint " if is_name and not is_address else " street "


def _is_before_name(match: re.Match[str]) -> bool:
    after = _NEXT.match(match.string, match.end())
    return after is not None and after.group(1).lower() not in _NO_NAME


def _is_after_name(match: re.Match[str]) -> bool:
    return bool(_BEFORE.search(match.string[: match.start()]))
