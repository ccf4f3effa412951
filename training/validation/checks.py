"""Which check is for which kind of dataset, and which mending."""

import wave
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from training.validation import archives, sounds, textfiles, words
from training.validation.findings import Report

_CHECKS: Mapping[str, Callable[[Path, str], Report]] = {
    "Language": textfiles.check_plain,
    "LanguageMarkdown": words.check_structured,
    "Pronunciation": words.check_pronunciation,
    "Acoustic": archives.check_acoustic,
    "AudioFiles": archives.check_audio,
    "OutputFormatting": words.check_display,
}
_WITHOUT_SPACES = ("zh", "ja", "th", "lo", "km", "my", "yue", "wuu")
_ARCHIVES = frozenset({"Acoustic", "AudioFiles"})


def check(kind: str, path: Path, locale: str) -> Report:
    """What a file of a kind would lose; a kind that is new to us is not checked."""
    checker = _CHECKS.get(kind)
    report = checker(path, locale) if checker else Report()
    if locale.startswith(_WITHOUT_SPACES):
        report.contents.forget_words()
    return report


def fix(kind: str, source: Path, target: Path, locale: str) -> None:
    """Write a copy with everything mended that can be mended mechanically."""
    if kind in _ARCHIVES:
        _fix_archive(source, target)
    else:
        target.write_bytes(textfiles.fixed(source.read_bytes(), locale))


def _fix_archive(source: Path, target: Path) -> None:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        transcripts = set(archives.transcript_names(old))
        clips = {name.rpartition("/")[2] for name in archives.audio_names(old)}
        for name in old.namelist():
            if name.endswith("/") or archives.is_hidden(name):
                continue
            data = old.read(name)
            if name in transcripts:
                data = textfiles.fixed_transcript(data, clips)
            elif name.lower().endswith(".wav"):
                data = _converted(data)
            new.writestr(name.rpartition("/")[2], data)


def _converted(data: bytes) -> bytes:
    try:
        return sounds.converted(data)
    except (wave.Error, EOFError, KeyError):
        return data
