"""Zip archives of WAV files, with a transcript or without."""

import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path

from training.validation import lines
from training.validation.clips import Clips
from training.validation.findings import Finding, Report
from training.validation.textfiles import Unreadable, decoded, parted

MOST_FILES, LARGEST, LARGEST_MEMBER, HIGHEST_RATIO = 10_000, 2 * 1024**3, 512 * 1024**2, 100
_LARGEST_TRANSCRIPT = 64 * 1024**2
_BROKEN = (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError)


def check_acoustic(path: Path, locale: str) -> Report:
    """Audio with human-labelled transcripts."""
    return _check(path, locale, has_transcript=True)


def check_audio(path: Path, locale: str) -> Report:
    """Audio alone."""
    return _check(path, locale, has_transcript=False)


def _check(path: Path, locale: str, has_transcript: bool) -> Report:
    report = Report()
    try:
        with zipfile.ZipFile(path) as archive:
            problem = _structure_fault(archive)
            if problem:
                return report.stop(problem)
            if has_transcript:
                _check_transcript(archive, locale, report)
            else:
                clips = Clips(archive, report)
                report.usable += sum(clips.check(name) for name in audio_names(archive))
    except _BROKEN:
        return report.stop("The file is no zip archive, or it is damaged.")
    except Unreadable as error:
        return report.stop(error.message, can_be_fixed=error.can_be_fixed)
    return report if report.usable or report.errors else report.stop("No clip can be used.")


def _structure_fault(archive: zipfile.ZipFile) -> str:
    members = [one for one in archive.infolist() if not one.is_dir()]
    if not members:
        return "The zip archive is empty."
    if len(members) > MOST_FILES:
        return f"The zip archive holds over {MOST_FILES:,} files; split it."
    if sum(one.file_size for one in members) > LARGEST:
        return "The zip archive unpacks to more than 2 GB; split it."
    for one in members:
        if fault := _member_fault(one):
            return f"{one.filename[:100]!r} in the zip archive {fault}."
    return ""


def _member_fault(one: zipfile.ZipInfo) -> str:
    name = one.filename
    if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name:
        return "has a path that leads elsewhere"
    if stat.S_ISLNK(one.external_attr >> 16):
        return "is a link; only plain files are allowed"
    if one.flag_bits & 1:
        return "is protected by a password"
    if one.file_size > LARGEST_MEMBER:
        return "is larger than 512 MB"
    if one.file_size > 1_000_000 and one.file_size > one.compress_size * HIGHEST_RATIO:
        return "is packed suspiciously tightly"
    if name.lower().endswith(".zip"):
        return "is an archive itself; the files must lie directly in the zip"
    return ""


def is_hidden(name: str) -> bool:
    """What computers add by themselves."""
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith(".")


def audio_names(archive: zipfile.ZipFile) -> list[str]:
    """Names of the WAV files, in order."""
    return sorted(n for n in archive.namelist() if n.lower().endswith(".wav") and not is_hidden(n))


def transcript_names(archive: zipfile.ZipFile) -> list[str]:
    """Names of what could be the transcript."""
    return [n for n in archive.namelist() if n.lower().endswith((".txt", ".tsv"))
            and not is_hidden(n)]  # fmt: skip


def _check_transcript(archive: zipfile.ZipFile, locale: str, report: Report) -> None:
    names = transcript_names(archive)
    if len(names) != 1:
        report.stop(
            "The zip archive needs exactly one transcript (.txt or .tsv), each line a file name, "
            f"a tab and the text; it has {len(names)}."
        )
        return
    if archive.getinfo(names[0]).file_size > _LARGEST_TRANSCRIPT:
        report.stop("The transcript is over 64 MB.", names[0])
        return
    transcript = _Transcript(archive, names[0], locale, report)
    for number, row in _lines(archive, names[0]):
        transcript.take(row, number)
    transcript.end()


def _lines(archive: zipfile.ZipFile, transcript: str) -> Iterator[tuple[int, str]]:
    data = archive.read(transcript)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Unreadable("The transcript is UTF-16; save it as UTF-8.", True)
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
        text = decoded(raw, number)
        if text:
            yield number, text


class _Transcript:
    """Rows of file name and text, held against the clips of the archive."""

    def __init__(self, archive: zipfile.ZipFile, name: str, locale: str, report: Report) -> None:
        self._name, self._locale, self._report = name, locale, report
        self._audio = {one.rpartition("/")[2]: one for one in audio_names(archive)}
        self._seen: dict[str, int] = {}
        self._clips = Clips(archive, report)

    def take(self, row: str, number: int) -> None:
        """Check one row, and its clip when it is named for the first time."""
        name, tab, text = parted(row, self._audio)
        name, text = name.strip(), text.strip()
        if fault := self._row_fault(name, tab):
            self._tell(number, fault)
            return
        self._seen[name] = number
        if "\t" not in row:
            self._tell(number, "needs a tab between the file name and the text",
                       f"{name}\t{lines.mended(text)}")  # fmt: skip
            return
        if fault := lines.fault(text, self._locale):
            better = lines.correction(text, self._locale)
            self._tell(number, fault, f"{name}\t{better}" if better else "")
        sentence = self._report.contents.sentence(text)
        self._report.usable += self._clips.check(self._audio[name], sentence) and not fault

    def _tell(self, number: int, fault: str, correction: str = "") -> None:
        message = f"The line {fault}."
        self._report.add(Finding(message, file=self._name, line=number, correction=correction))

    def _row_fault(self, name: str, tab: str) -> str:
        if not name or not tab:
            return "needs a file name, a tab and the text"
        if name in self._seen:
            return f"names {name} again, after line {self._seen[name]}"
        if name not in self._audio:
            return f"names {name}, which is not in the archive"
        return ""

    def end(self) -> None:
        """Tell of clips without a row, and of clips in folders."""
        for name in sorted(set(self._audio) - set(self._seen)):
            message = "The file has no line in the transcript, so it is not used."
            self._report.add(Finding(message, file=name))
        for name in sorted(set(self._audio) & set(self._seen)):
            if "/" in self._audio[name]:
                self._report.add(Finding("The file lies in a folder; put it directly into the zip.",
                                         file=self._audio[name], can_be_fixed=True))  # fmt: skip
