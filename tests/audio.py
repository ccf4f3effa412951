"""Sounds and archives for tests, made on the spot."""

import io
import wave
import zipfile
from pathlib import Path

import numpy as np


def wav(seconds=0.4, rate=16000, channels=1, width=2, seed=1):
    """Bytes of a WAV file with quiet noise."""
    noise = np.random.default_rng(seed).normal(0, 300, int(seconds * rate) * channels)
    data = io.BytesIO()
    with wave.open(data, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        samples = noise.astype("<i2")
        file.writeframes(samples.tobytes() if width == 2 else samples.astype("u1").tobytes())
    return data.getvalue()


def speech():
    """A clip of the sample project, and the words that are said in it."""
    sample = Path(__file__).parent.parent / "training" / "sample" / "test-audio.zip"
    with zipfile.ZipFile(sample) as opened:
        first = opened.read("trans.txt").decode("utf-8-sig").splitlines()[0]
        name, _, text = first.partition("\t")
        return opened.read(name), text.lower()


def archive(path, files):
    """A zip archive of names and contents."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return path


def test_archive(path, sentences):
    """An archive of clips with their transcript."""
    names = [f"clip{number}.wav" for number in range(len(sentences))]
    lines = "".join(f"{n}\t{s}\n" for n, s in zip(names, sentences, strict=True))
    clips = {name: wav(seed=number) for number, name in enumerate(names)}
    return archive(path, {"trans.txt": "\ufeff" + lines, **clips})


test_archive.__test__ = False
