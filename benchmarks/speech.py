"""Real speech for the benchmarks: folders with test.tsv, related-text.txt and `audio`.

A table has a header and the columns file, transcript, speaker. adapt.tsv holds speakers that
test.tsv has not; a set without it is split into its odd and even clips.
"""

import csv
import io
import os
import sys
import wave
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import soxr

RATE = 16_000
Condition = Callable[[np.ndarray], tuple[np.ndarray, int]]


@dataclass(frozen=True)
class Take:
    """One recording."""

    path: Path
    text: str
    speaker: str


@dataclass(frozen=True)
class SpeechSet:
    """Recordings to adapt to and to test with, and text of the domain."""

    name: str
    adapt: Sequence[Take]
    test: Sequence[Take]
    text: Sequence[str]


def folders(arguments: Sequence[str]) -> list[Path]:
    """Folders named as arguments, or every set below the folder SPEECH_SETS."""
    root = os.environ.get("SPEECH_SETS")
    found = [Path(one) for one in arguments]
    if not found and root:
        found = sorted(one.parent for one in Path(root).glob("*/test.tsv"))
    return found or sys.exit("Name folders with speech, or set SPEECH_SETS.")


def read(folder: Path) -> SpeechSet:
    """A set from its folder."""
    test, adapt = _takes(folder, "test.tsv"), _takes(folder, "adapt.tsv")
    if not adapt:
        adapt, test = test[::2], test[1::2]
    text = (folder / "related-text.txt").read_text().splitlines()
    return SpeechSet(folder.name, adapt, test, text)


def _takes(folder: Path, table: str) -> list[Take]:
    if not (folder / table).exists():
        return []
    with (folder / table).open() as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [Take(folder / "audio" / one["file"], one["transcript"], one["speaker"]) for one in rows]


def held_back(takes: Sequence[Take]) -> list[Take]:
    """Every fourth speaker's recordings, or every fourth recording of a single speaker."""
    speakers = sorted({one.speaker for one in takes})
    if len(speakers) < 4:
        return list(takes[::4])
    chosen = set(speakers[::4])
    return [one for one in takes if one.speaker in chosen]


def clean(samples: np.ndarray) -> tuple[np.ndarray, int]:
    """As it was recorded."""
    return samples, RATE


def telephone(samples: np.ndarray) -> tuple[np.ndarray, int]:
    """Sampled at 8 kHz."""
    return soxr.resample(samples, RATE, RATE // 2), RATE // 2


def noisy(samples: np.ndarray) -> tuple[np.ndarray, int]:
    """With white noise 15 dB below the speech; always the same for the same clip."""
    loudness = np.sqrt(np.mean(samples.astype(float) ** 2)) * 10 ** (-15 / 20)
    noise = np.random.default_rng(len(samples)).normal(0, loudness, len(samples))
    return np.clip(samples + noise, -32768, 32767).astype("<i2"), RATE


def archive(takes: Sequence[Take], condition: Condition = clean, times: int = 1) -> io.BytesIO:
    """A zip of WAV files, named by their speakers, with trans.txt; each clip several times."""
    data, lines = io.BytesIO(), []
    with zipfile.ZipFile(data, "w") as target:
        for take in takes:
            clip = _wav(*condition(samples(take)))
            for time in range(times):
                name = f"{take.speaker}-{take.path.stem}-{time}.wav"
                target.writestr(name, clip)
                lines.append(f"{name}\t{take.text}\n")
        target.writestr("trans.txt", "".join(lines))
    data.seek(0)
    return data


def samples(take: Take) -> np.ndarray:
    """The recording's samples, 16 kHz mono."""
    found, rate = soundfile.read(take.path, dtype="int16")
    assert rate == RATE, take.path
    return found


def seconds(takes: Sequence[Take]) -> float:
    """How long recordings are together."""
    return sum(soundfile.info(one.path).duration for one in takes)


def _wav(found: np.ndarray, rate: int) -> bytes:
    clip = io.BytesIO()
    with wave.open(clip, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(found.astype("<i2").tobytes())
    return clip.getvalue()
