"""WAV clips: RIFF, PCM, 16 bit, mono, 8 or 16 kHz."""

import io
import wave
import zipfile
from typing import IO

import numpy as np
import soxr

from localspeech.engine.errors import EngineError

RATE, LONGEST_SECONDS = 16_000, 2 * 60 * 60
_RATES = (8_000, RATE)


def duration(archive: zipfile.ZipFile, name: str) -> float:
    """Seconds of one clip, without decoding it. Raises EngineError with the fault."""
    with archive.open(name) as file, _reader(file, name) as clip:
        return clip.getnframes() / clip.getframerate()


def pcm(archive: zipfile.ZipFile, name: str) -> bytes:
    """Samples of one clip of an archive; see `samples_of`. Raises EngineError."""
    return samples_of(io.BytesIO(archive.read(name)), name)


def samples_of(file: IO[bytes], name: str) -> bytes:
    """Samples of one clip of at most two hours, 16 kHz mono s16le. Raises EngineError."""
    with _reader(file, name) as clip:
        if clip.getnframes() > LONGEST_SECONDS * clip.getframerate():
            raise EngineError("InvalidAudioFormat", f"{name} is longer than two hours; cut it.")
        samples = clip.readframes(clip.getnframes())
        if len(samples) < 2:
            raise EngineError("InvalidAudioFormat", f"{name} holds no sound.")
        return samples if clip.getframerate() == RATE else _doubled(samples)


def _reader(file: IO[bytes], name: str) -> wave.Wave_read:
    try:
        clip = wave.open(file, "rb")  # noqa: SIM115  # its caller closes it
    except (wave.Error, EOFError) as error:
        raise EngineError("InvalidAudioFormat", f"{name} is not a PCM WAV file: {error}") from error
    found: wave.Wave_read = clip
    fault = _fault(found)
    if fault:
        raise EngineError("InvalidAudioFormat", f"{name} {fault}")
    return found


def _fault(clip: wave.Wave_read) -> str | None:
    if clip.getnchannels() != 1:
        return f"has {clip.getnchannels()} channels; make it mono"
    if clip.getsampwidth() != 2:
        return f"has {8 * clip.getsampwidth()} bits a sample; convert it to 16"
    if clip.getframerate() not in _RATES:
        return f"is sampled at {clip.getframerate():,} Hz; convert it to 16,000"
    if clip.getnframes() == 0:
        return "holds no sound"
    return None


def _doubled(samples: bytes) -> bytes:
    """From 8 to 16 kHz."""
    wave_form = np.frombuffer(samples[: len(samples) // 2 * 2], "<i2")
    finer: bytes = soxr.resample(wave_form, 8_000, RATE).astype("<i2").tobytes()
    return finer
