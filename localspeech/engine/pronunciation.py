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
        phones = None if fault else lexicon.spoken(form)
        if phones is None:
            tally.reject(LineProblem(fault or "has a spoken form without letters", number))
            continue
        found.setdefault(words(shown)[0], []).append(phones)
        tally.accepted += 1
    if not found:
        raise EngineError(
            "InvalidData", f"No line can be used. First problem: {tally.problems[0]}."
        )
    return {word: tuple(dict.fromkeys(phones)) for word, phones in found.items()}, tally


def _fault(shown: str, tab: str, form: str) -> str | None:
    if not tab:
        return "has no tab between the shown form and the spoken form"
    if len(words(shown)) != 1:
        return "needs one word before the tab; write each word of a name on a line of its own"
    if not form.strip():
        return "has nothing after the tab"
    return textfile.line_fault(form)
