"""Rows and clips in our copy of a dataset's file. Nothing is read whole."""

import io
import itertools
import wave
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _

from training.enums import DatasetKind
from training.models import Dataset
from training.validation.archives import audio_names, is_hidden, transcript_names

ROWS = 10
_LONGEST_LINE = 64 * 1024
_CHUNK = 256 * 1024
_ARCHIVES = frozenset({DatasetKind.ACOUSTIC, DatasetKind.AUDIO_FILES})
_BROKEN = (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, KeyError)


@dataclass(frozen=True)
class Row:
    """A line, or a clip with its duration in seconds; `spoken` is what follows a tab.

    `clip` is its name in the archive, "" when it is not there.
    """

    number: int
    text: str
    spoken: str = ""
    file: str = ""
    clip: str = ""
    seconds: float | None = None


@dataclass(frozen=True)
class Sample:
    """Rows from the place `start` on; `trouble` says why there are none."""

    rows: tuple[Row, ...]
    start: int
    has_more: bool = False
    trouble: str = ""


def sample(row: Dataset, start: int) -> Sample | None:
    """Some rows as they lie in our copy of the file; None when we have none."""
    if not row.file:
        return None
    try:
        with row.file.open("rb") as file:
            read = _of_archive if row.kind in _ARCHIVES else _of_text
            found = list(itertools.islice(read(row, file, start), ROWS + 1))
    except _BROKEN:
        return Sample((), start, trouble=_("Our copy of the file cannot be read."))
    return Sample(tuple(found[:ROWS]), start, len(found) > ROWS)


def _of_text(row: Dataset, file: IO[bytes], start: int) -> Iterator[Row]:
    for number, line in itertools.islice(_lines(file), start, None):
        text, _tab, spoken = line.partition("\t")
        if row.kind == DatasetKind.PRONUNCIATION:
            yield Row(number, text, spoken)
        else:
            yield Row(number, line)


def _of_archive(row: Dataset, file: IO[bytes], start: int) -> Iterator[Row]:
    with zipfile.ZipFile(file) as archive:
        if row.kind == DatasetKind.AUDIO_FILES:
            for number, name in enumerate(audio_names(archive)[start:], start + 1):
                yield Row(number, "", "", name, name, _seconds(archive, name))
            return
        clips = {name.rpartition("/")[2]: name for name in audio_names(archive)}
        with archive.open(transcript_names(archive)[0]) as transcript:
            for number, line in itertools.islice(_lines(transcript), start, None):
                name, _tab, text = line.partition("\t")
                clip = clips.get(name.strip(), "")
                seconds = _seconds(archive, clip) if clip else None
                yield Row(number, text.strip(), "", name.strip(), clip, seconds)


def _lines(file: IO[bytes]) -> Iterator[tuple[int, str]]:
    """Number and text of each line that is not blank, in whichever usual encoding it is."""
    mark = file.read(2)
    file.seek(0)
    if mark in (b"\xff\xfe", b"\xfe\xff"):
        text = io.TextIOWrapper(file, "utf-16", errors="replace")
        yield from _whole(iter(lambda: text.readline(_LONGEST_LINE), ""))
    else:
        raw = iter(lambda: file.readline(_LONGEST_LINE), b"")
        yield from _whole(_decoded(piece) for piece in raw)


def _whole(pieces: Iterator[str]) -> Iterator[tuple[int, str]]:
    """Lines from pieces of them: of a line that is far too long only the beginning."""
    number, is_new = 1, True
    for piece in pieces:
        if is_new and piece.strip():
            yield number, piece.removeprefix("\ufeff").rstrip()
        is_new = piece.endswith("\n")
        number += is_new


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _seconds(archive: zipfile.ZipFile, name: str) -> float | None:
    try:
        with archive.open(name) as file, wave.open(file, "rb") as clip:
            return clip.getnframes() / clip.getframerate()
    except (wave.Error, ZeroDivisionError, *_BROKEN):
        return None


@dataclass(frozen=True)
class Clip:
    """A clip inside our copy of an archive; `size` in bytes."""

    dataset: Dataset
    name: str
    size: int

    def read(self, start: int, length: int) -> Iterator[bytes]:
        """Bytes of the WAV file, a piece at a time."""
        with _opened(self.dataset) as archive, archive.open(self.name) as file:
            file.seek(start)
            while length > 0 and (piece := file.read(min(_CHUNK, length))):
                length -= len(piece)
                yield piece


def clip(row: Dataset, name: str) -> Clip | None:
    """A clip by its name in the archive; None when our copy has no such clip."""
    if not row.file or not name.lower().endswith(".wav") or is_hidden(name):
        return None
    try:
        with _opened(row) as archive:
            return Clip(row, name, archive.getinfo(name).file_size)
    except _BROKEN:
        return None


@contextmanager
def _opened(row: Dataset) -> Iterator[zipfile.ZipFile]:
    with row.file.open("rb") as file, zipfile.ZipFile(file) as archive:
        yield archive
