"""Pronunciation data: `shown form`, tab, `spoken form`, one a line."""

from pathlib import Path

from localspeech.engine import lexicon, textfile
from localspeech.engine.errors import EngineError
from localspeech.engine.reports import LineProblem, Tally
from localspeech.engine.text import words

LARGEST = 1024**2


def read(path: Path) -> tuple[lexicon.Lexicon, Tally]:
    """Words with their pronunciations, and what was wrong. Raises EngineError when none is left."""
    if path.stat().st_size > LARGEST:
        raise EngineError("FileTooLarge", "The file is over 1 MB; split it into several.")
    found: dict[str, list[str]] = {}
    tally = Tally()
    for number, line in textfile.lines(path):
        shown, tab, form = line.partition("\t")
        fault = _fault(shown, tab, form)
        word, said = ("", "") if fault else _own(words(shown), words(form))
        phones = None if fault else lexicon.spoken(said)
        if phones is None:
            tally.reject(LineProblem(fault or "has a spoken form without letters", number))
            continue
        found.setdefault(word, []).append(phones)
        tally.accepted += 1
        tally.count([word])
    if not found:
        raise EngineError(
            "InvalidData", f"No line can be used. First problem: {tally.problems[0]}."
        )
    return {word: tuple(dict.fromkeys(phones)) for word, phones in found.items()}, tally


def _fault(shown: str, tab: str, form: str) -> str | None:
    if not tab:
        return "has no tab between the shown form and the spoken form"
    if not words(shown):
        return "has no word before the tab"
    if not form.strip():
        return "has nothing after the tab"
    if not _own(words(shown), words(form))[0]:
        return "needs one word before the tab; write each word of a name on a line of its own"
    return textfile.line_fault(form)


def _own(shown: list[str], said: list[str]) -> tuple[str, str]:
    """The word that a line is about, and how it is said; "" when it is about several.

    Words that stand at the beginning or the end of both forms are said as they are written:
    `3CPO` and `three c p o` are about `cpo`.
    """
    while len(shown) > 1 and len(said) > 1 and shown[0] == said[0]:
        shown, said = shown[1:], said[1:]
    while len(shown) > 1 and len(said) > 1 and shown[-1] == said[-1]:
        shown, said = shown[:-1], said[:-1]
    return (shown[0], " ".join(said)) if len(shown) == 1 else ("", "")
