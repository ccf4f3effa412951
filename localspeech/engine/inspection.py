"""Importing a dataset: what of it can be used, and why not the rest."""

from collections.abc import Callable, Iterator
from pathlib import Path

from localspeech.engine import pronunciation, recordings, structured, textfile, transcripts
from localspeech.engine.errors import EngineError
from localspeech.engine.reports import ImportReport, LineProblem, Tally
from localspeech.engine.text import words


def inspect_dataset(kind: str, path: Path) -> ImportReport:
    """Read a dataset of an API kind. Raises EngineError when nothing in it can be used."""
    reader = _READERS.get(kind)
    if reader is None:
        raise EngineError("InvalidData", f"Datasets of kind {kind} are not known here.")
    if path.stat().st_size == 0:
        raise EngineError("EmptyData", "The file is empty.")
    return reader(path).report()


def sentences(path: Path) -> Iterator[tuple[int, str | None, list[str]]]:
    """Line number, fault (None when usable) and words of each line of plain text."""
    for number, text in textfile.lines(path):
        fault, found = textfile.line_fault(text), words(text)
        yield number, fault or (None if found else "has no words"), found


def _plain(path: Path) -> Tally:
    tally = Tally()
    for number, fault, found in sentences(path):
        if fault:
            tally.reject(LineProblem(fault, number))
        else:
            tally.accepted += 1
            tally.count(found)
    if not tally.accepted:
        raise EngineError(
            "InvalidData", f"No line can be used. First problem: {tally.problems[0]}."
        )
    return tally


def _structured(path: Path) -> Tally:
    read = structured.read(path)
    for sentence in read.sentences():
        read.tally.count(words(sentence))
    read.tally.given = read.pronunciations()
    return read.tally


def _pronunciation(path: Path) -> Tally:
    given, tally = pronunciation.read(path)
    tally.given = given
    return tally


def _acoustic(path: Path) -> Tally:
    utterances, tally = transcripts.read(path)
    for one in utterances:
        tally.count(words(one.transcript))
    return tally


def _audio(path: Path) -> Tally:
    return recordings.read(path)[1]


_READERS: dict[str, Callable[[Path], Tally]] = {
    "Language": _plain,
    "LanguageMarkdown": _structured,
    "Pronunciation": _pronunciation,
    "Acoustic": _acoustic,
    "AudioFiles": _audio,
}
