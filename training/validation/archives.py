"""Zip archives of WAV files, with a transcript or without."""

import stat
import wave
import zipfile
from collections.abc import Iterator
from pathlib import Path

from training.validation import lines
from training.validation.findings import Finding, Report
from training.validation.sounds import faults_of_sound
from training.validation.textfiles import Unreadable, decoded

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
                for name in audio_names(archive):
                    report.usable += _check_clip(archive, name, report)
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
    transcript = names[0]
    if archive.getinfo(transcript).file_size > _LARGEST_TRANSCRIPT:
        report.stop("The transcript is over 64 MB.", transcript)
        return
    audio = {name.rpartition("/")[2]: name for name in audio_names(archive)}
    seen: dict[str, int] = {}
    same: dict[tuple[int, int], str] = {}
    for number, text in _lines(archive, transcript):
        _check_row(archive, report, locale, transcript, number, text, audio, seen, same)
    for name in sorted(set(audio) - set(seen)):
        message = "The file has no line in the transcript, so it is not used."
        report.add(Finding(message, file=name))
    for name in sorted(set(audio) & set(seen)):
        if "/" in audio[name]:
            report.add(Finding("The file lies in a folder; put it directly into the zip.",
                               file=audio[name], can_be_fixed=True))  # fmt: skip


def _lines(archive: zipfile.ZipFile, transcript: str) -> Iterator[tuple[int, str]]:
    data = archive.read(transcript)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Unreadable("The transcript is UTF-16; save it as UTF-8.", True)
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
        text = decoded(raw, number)
        if text:
            yield number, text


def _check_row(
    archive: zipfile.ZipFile,
    report: Report,
    locale: str,
    transcript: str,
    number: int,
    row: str,
    audio: dict[str, str],
    seen: dict[str, int],
    same: dict[tuple[int, int], str],
) -> None:
    name, _tab, text = (part.strip() for part in row.partition("\t"))
    fault, better = "", ""
    if not name or "\t" not in row:
        fault = "needs a file name, a tab and the text"
    elif name in seen:
        fault = f"names {name} again, after line {seen[name]}"
    elif name not in audio:
        fault = f"names {name}, which is not in the archive"
    else:
        fault = lines.fault(text, locale)
        better = lines.correction(text, locale) if fault else ""
    seen.setdefault(name, number)
    if fault:
        report.add(Finding(f"The line {fault}.", file=transcript, line=number,
                           correction=f"{name}\t{better}" if better else ""))  # fmt: skip
    elif _check_clip(archive, audio[name], report):
        report.usable += 1
        _check_same(archive, audio[name], report, same)


def _check_same(
    archive: zipfile.ZipFile, name: str, report: Report, same: dict[tuple[int, int], str]
) -> None:
    info = archive.getinfo(name)
    first = same.setdefault((info.CRC, info.file_size), name)
    if first != name:
        report.add(Finding(f"The file holds the same audio as {first}.", file=name))


def _check_clip(archive: zipfile.ZipFile, name: str, report: Report) -> bool:
    """Note what is wrong with a clip; whether it can be used."""
    try:
        with archive.open(name) as file, wave.open(file, "rb") as clip:
            found = faults_of_sound(clip)
    except (wave.Error, EOFError) as error:
        report.add(Finding(f"The file is not a PCM WAV file ({error}).", file=name))
        return False
    for fault in found:
        message, can_be_fixed = f"The file {fault.message}.", fault.can_be_fixed
        report.add(Finding(message, file=name, can_be_fixed=can_be_fixed))
    return not any(fault.is_lost for fault in found)
