"""Importing a dataset: what of it can be used, and why not the rest."""

from collections.abc import Callable, Iterator
from pathlib import Path

from localspeech.engine import archive, pronunciation, structured, textfile, transcripts, wav
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


def sentences(path: Path) -> Iterator[tuple[int, str, str | None]]:
    """Line number, text and fault (None when usable) of each line of plain text."""
    for number, text in textfile.lines(path):
        fault = textfile.line_fault(text)
        yield number, text, fault or (None if words(text) else "has no words")


def _plain(path: Path) -> Tally:
    tally = Tally()
    for number, _, fault in sentences(path):
        if fault:
            tally.reject(LineProblem(fault, number))
        else:
            tally.accepted += 1
    if not tally.accepted:
        raise EngineError(
            "InvalidData", f"No line can be used. First problem: {tally.problems[0]}."
        )
    return tally


def _structured(path: Path) -> Tally:
    return structured.read(path).tally


def _pronunciation(path: Path) -> Tally:
    return pronunciation.read(path)[1]


def _acoustic(path: Path) -> Tally:
    return transcripts.read(path)[1]


def _audio(path: Path) -> Tally:
    tally = Tally(seconds=0.0)
    with archive.opened(path) as opened:
        for name in archive.audio_names(opened):
            try:
                tally.seconds = (tally.seconds or 0) + wav.duration(opened, name)
                tally.accepted += 1
            except EngineError as error:
                tally.reject(LineProblem(error.message, file=name))
    if not tally.accepted:
        raise EngineError("InvalidData", "The zip archive holds no WAV file that can be used.")
    return tally


_READERS: dict[str, Callable[[Path], Tally]] = {
    "Language": _plain,
    "LanguageMarkdown": _structured,
    "Pronunciation": _pronunciation,
    "Acoustic": _acoustic,
    "AudioFiles": _audio,
}
