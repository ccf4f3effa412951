"""Makes an archive of test audio with flite (Debian package `flite`).

    python benchmarks/make_sample_audio.py SENTENCES.txt OUT.zip

Every second sentence is spoken by the voice slt, the others by rms: 16 kHz mono WAV.
"""

import io
import subprocess
import sys
import tempfile
import wave
import zipfile
from pathlib import Path

import numpy as np

VOICES = ("rms", "slt")
_EDGE = 2400


def spoken(text: str, voice: str) -> bytes:
    """A WAV file of one sentence, with the silence around it cut to 0.15 seconds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "speech.wav"
        subprocess.run(["flite", "-voice", voice, "-t", text, "-o", path], check=True)
        with wave.open(str(path)) as source:
            assert (source.getframerate(), source.getnchannels()) == (16000, 1)
            samples = np.frombuffer(source.readframes(source.getnframes()), "<i2")
    loud = np.flatnonzero(np.abs(samples.astype(int)) > 200)
    samples = samples[max(loud[0] - _EDGE, 0) : loud[-1] + _EDGE]
    data = io.BytesIO()
    with wave.open(data, "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(16000)
        target.writeframes(samples.tobytes())
    return data.getvalue()


def main() -> None:
    """Write the archive."""
    sentences = Path(sys.argv[1]).read_text().splitlines()
    with zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        lines = []
        for number, text in enumerate(sentences, 1):
            name = f"{number:02d}.wav"
            lines.append(f"{name}\t{text}\n")
            info = zipfile.ZipInfo(name)
            archive.writestr(info, spoken(text, VOICES[number % 2]), zipfile.ZIP_DEFLATED)
        archive.writestr(zipfile.ZipInfo("trans.txt"), "\ufeff" + "".join(lines))


if __name__ == "__main__":
    main()
