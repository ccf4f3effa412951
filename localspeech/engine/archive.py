"""Zip archives of audio, opened with suspicion."""

import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from localspeech.engine.errors import EngineError

MOST_FILES = 10_000
LARGEST_ARCHIVE = 2 * 1024**3
LARGEST_MEMBER = 512 * 1024**2
_HIGHEST_RATIO = 100
_ENCRYPTED = 0x1
_TRANSCRIPTS = (".txt", ".tsv")


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """A checked archive. Raises EngineError when it is damaged, a bomb, or full of tricks."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise EngineError("InvalidData", "The file is not a zip archive.") from error
    with archive:
        _check(archive)
        try:
            yield archive
        except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError) as error:
            raise EngineError("InvalidData", f"The zip archive is damaged: {error}") from error


def _check(archive: zipfile.ZipFile) -> None:
    members = [one for one in archive.infolist() if not one.is_dir()]
    if not members:
        raise EngineError("EmptyData", "The zip archive is empty.")
    if len(members) > MOST_FILES:
        raise EngineError("InvalidData", f"The zip archive holds over {MOST_FILES:,} files.")
    if sum(one.file_size for one in members) > LARGEST_ARCHIVE:
        raise EngineError("FileTooLarge", "The zip archive unpacks to more than 2 GB.")
    for one in members:
        fault = _member_fault(one)
        if fault:
            raise EngineError("InvalidData", f"{one.filename[:100]!r} in the zip archive {fault}.")


def _member_fault(one: zipfile.ZipInfo) -> str | None:
    name = one.filename
    if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name:
        return "has a path that leads elsewhere"
    if stat.S_ISLNK(one.external_attr >> 16):
        return "is a link; only plain files are allowed"
    if one.flag_bits & _ENCRYPTED:
        return "is protected by a password"
    if one.file_size > LARGEST_MEMBER:
        return "is larger than 512 MB"
    if one.file_size > 1_000_000 and one.file_size > one.compress_size * _HIGHEST_RATIO:
        return "is packed suspiciously tightly"
    if name.lower().endswith(".zip"):
        return "is an archive itself; the files must lie directly in the zip"
    return None


def audio_names(archive: zipfile.ZipFile) -> list[str]:
    """Names of the WAV files, in order."""
    return sorted(n for n in archive.namelist() if n.lower().endswith(".wav") and not _hidden(n))


def transcript_name(archive: zipfile.ZipFile) -> str:
    """The one transcript file. Raises EngineError when there is none or more than one."""
    names = [n for n in archive.namelist() if n.lower().endswith(_TRANSCRIPTS) and not _hidden(n)]
    if len(names) == 1:
        return names[0]
    raise EngineError(
        "InvalidData",
        "The zip archive needs exactly one transcript (.txt or .tsv), each line a file name, a "
        f"tab and the text; it has {len(names)}.",
    )


def _hidden(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith(".")
