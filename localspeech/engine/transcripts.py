"""Audio with human-labelled transcripts."""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from localspeech.engine import archive, textfile, wav
from localspeech.engine.errors import EngineError
from localspeech.engine.reports import LineProblem, Tally
from localspeech.engine.text import normalise

_MARK = b"\xef\xbb\xbf"
_LARGEST_TRANSCRIPT = 64 * 1024**2


@dataclass(frozen=True)
class Utterance:
    """One clip and what is said in it."""

    file: str
    transcript: str
    duration_seconds: float


def test_set(path: Path) -> tuple[Utterance, ...]:
    """Usable utterances of an archive, in the transcript's order. Raises EngineError."""
    return read(path)[0]


def read_pcm(path: Path, file: str) -> bytes:
    """Samples of one clip, 16 kHz mono s16le. Raises EngineError."""
    return next(read_all_pcm(path, [file]))


def read_all_pcm(path: Path, files: Iterable[str]) -> Iterator[bytes]:
    """Samples of some clips, one after another; the archive is opened once."""
    with archive.opened(path) as opened:
        for file in files:
            yield wav.pcm(opened, file)


def read(path: Path) -> tuple[tuple[Utterance, ...], Tally]:
    """Utterances and what was wrong with the others. Raises EngineError when none is left."""
    tally, found = Tally(seconds=0.0), []
    with archive.opened(path) as opened:
        audio = {name.rpartition("/")[2]: name for name in archive.audio_names(opened)}
        seen: set[str] = set()
        for number, name, text in _lines(opened, tally):
            utterance = _utterance(opened, audio, seen, tally, number, name, text)
            if utterance:
                found.append(utterance)
        for name in sorted(set(audio) - seen):
            tally.warn(LineProblem("has no line in the transcript and is not used", file=name))
    if not found:
        raise EngineError("InvalidData", _nothing_usable(tally))
    tally.accepted = len(found)
    tally.seconds = sum(one.duration_seconds for one in found)
    return tuple(found), tally


def _nothing_usable(tally: Tally) -> str:
    first = f" First problem: {tally.problems[0]}." if tally.problems else ""
    return f"No line of the transcript can be used.{first}"


def _lines(opened: zipfile.ZipFile, tally: Tally) -> Iterator[tuple[int, str, str]]:
    transcript = archive.transcript_name(opened)
    if opened.getinfo(transcript).file_size > _LARGEST_TRANSCRIPT:
        raise EngineError("FileTooLarge", f"{transcript} is over 64 MB.")
    data = opened.read(transcript).removeprefix(_MARK)
    for number, raw in enumerate(data.splitlines(), 1):
        line = textfile.decoded(raw, number)
        name, tab, text = line.partition("\t")
        if tab and name.strip():
            yield number, name.strip(), text.strip()
        elif line:
            problem = LineProblem("needs a file name, a tab and the text", number, transcript)
            tally.reject(problem)


def _utterance(
    opened: zipfile.ZipFile,
    audio: dict[str, str],
    seen: set[str],
    tally: Tally,
    number: int,
    name: str,
    text: str,
) -> Utterance | None:
    fault, seconds = textfile.line_fault(text), 0.0
    if not normalise(text):
        fault = "has no words in its text"
    elif name not in audio:
        fault = f"names {name}, which is not in the archive"
    elif name in seen:
        fault = f"names {name} a second time"
    elif not fault:
        try:
            seconds = wav.duration(opened, audio[name])
        except EngineError as error:
            fault = error.message
    seen.add(name)
    if fault:
        tally.reject(LineProblem(fault, number))
        return None
    return Utterance(audio[name], text, seconds)
