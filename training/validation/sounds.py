"""What is wrong with a clip, and its conversion to 16 kHz, mono, 16 bit."""

import io
import wave
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from training.validation.contents import mark

RATE, _RATES = 16_000, (8_000, 16_000)
LONGEST_TRAINING_SECONDS = 40
_QUIET, _FULL, _CLIPPED_SHARE = 60, 32_700, 0.002
_CHUNK_FRAMES = 1_000_000


@dataclass(frozen=True)
class Fault:
    """`is_lost`: the clip cannot be used as it is."""

    message: str
    is_lost: bool = True
    can_be_fixed: bool = False


@dataclass(frozen=True)
class Sound:
    """What was heard in a clip; `mark` stands for its samples, 0 when they were not read."""

    faults: list[Fault]
    mark: int = 0

    @classmethod
    def unreadable(cls, message: str) -> "Sound":
        """What cannot be listened to."""
        return cls([Fault(message)])

    @property
    def is_lost(self) -> bool:
        """Whether the clip cannot be used as it is."""
        return any(fault.is_lost for fault in self.faults)


def listen(clip: wave.Wave_read) -> Sound:
    """Format first; only what can be listened to is listened to."""
    lost = _format_fault(clip)
    if lost:
        return Sound([lost])
    found = []
    seconds = clip.getnframes() / clip.getframerate()
    if seconds > LONGEST_TRAINING_SECONDS:
        found.append(Fault(
            f"is {seconds:.0f} s long; of clips over {LONGEST_TRAINING_SECONDS} s only the text "
            "is used in training", is_lost=False,
        ))  # fmt: skip
    peak, clipped, digest = _heard(clip)
    if peak < _QUIET:
        found.append(Fault("is silent", is_lost=False))
    elif clipped > _CLIPPED_SHARE:
        found.append(Fault(f"is clipped ({clipped:.1%} of it at full scale)", is_lost=False))
    return Sound(found, mark(digest))


def _format_fault(clip: wave.Wave_read) -> Fault | None:
    if clip.getnframes() == 0:
        return Fault("holds no sound")
    if clip.getnchannels() != 1:
        return Fault(f"has {clip.getnchannels()} channels; make it mono", can_be_fixed=True)
    if clip.getsampwidth() != 2:
        return Fault(f"has {8 * clip.getsampwidth()} bits a sample; convert it to 16",
                     can_be_fixed=True)  # fmt: skip
    if clip.getframerate() not in _RATES:
        return Fault(f"is sampled at {clip.getframerate():,} Hz; convert it to 16,000",
                     can_be_fixed=True)  # fmt: skip
    return None


def _heard(clip: wave.Wave_read) -> tuple[int, float, Any]:
    """Highest sample, the share of samples at full scale, and the SHA-256 of them all."""
    import numpy as np

    peak, full, count, digest = 0, 0, 0, sha256()
    while data := clip.readframes(_CHUNK_FRAMES):
        digest.update(data)
        samples = np.abs(np.frombuffer(data[: len(data) // 2 * 2], "<i2").astype(np.int32))
        if len(samples):
            peak = max(peak, int(samples.max()))
            full += int((samples >= _FULL).sum())
            count += len(samples)
    return peak, full / max(count, 1), digest


def converted(data: bytes) -> bytes:
    """The clip as 16 kHz (or 8 kHz where it is that already), mono, 16 bit; as it is if it must be.

    Raises wave.Error or EOFError for what is no PCM WAV file.
    """
    import numpy as np

    with wave.open(io.BytesIO(data), "rb") as clip:
        if _format_fault(clip) is None or clip.getnframes() == 0:
            return data
        rate, channels, width = clip.getframerate(), clip.getnchannels(), clip.getsampwidth()
        samples = _as_float(clip.readframes(clip.getnframes()), width)
    mono = samples[: len(samples) // channels * channels].reshape(-1, channels).mean(axis=1)
    if rate not in _RATES:
        import soxr

        mono = soxr.resample(mono, rate, RATE)
        rate = RATE
    out = io.BytesIO()
    with wave.open(out, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(rate)
        made.writeframes(np.clip(np.round(mono * 32768), -32768, 32767).astype("<i2").tobytes())
    return out.getvalue()


def _as_float(data: bytes, width: int) -> Any:
    """Samples between -1 and 1 of 8, 16, 24 or 32 bit."""
    import numpy as np

    if width == 1:
        return (np.frombuffer(data, "u1").astype(np.float64) - 128) / 128
    if width == 3:
        raw = np.frombuffer(data[: len(data) // 3 * 3], "u1").reshape(-1, 3)
        wide = np.zeros((len(raw), 4), "u1")
        wide[:, 1:] = raw
        return wide.reshape(-1).view("<i4").astype(np.float64) / 2**31
    kind, scale = {2: ("<i2", 2**15), 4: ("<i4", 2**31)}[width]
    return np.frombuffer(data[: len(data) // width * width], kind).astype(np.float64) / scale
