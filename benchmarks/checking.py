"""Memory and time of the check before the upload, on a large archive of audio.

    python benchmarks/checking.py [--megabytes 1900] [--clip-seconds 30]

An archive of noise with a transcript is made in a temporary folder, then checked in a process of
its own, whose highest resident memory is read from the operating system.
"""

import argparse
import io
import json
import resource
import subprocess
import sys
import tempfile
import time
import wave
import zipfile
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from training.validation.checks import check

RATE = 16_000


def clip(number: int, seconds: int) -> bytes:
    """Noise, different for each number."""
    noise = np.random.default_rng(number).normal(0, 2000, seconds * RATE).astype("<i2")
    data = io.BytesIO()
    with wave.open(data, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(noise.tobytes())
    return data.getvalue()


def make(path: Path, megabytes: int, seconds: int) -> int:
    """Write the archive; the answer is the number of clips."""
    count = max(megabytes * 10**6 // (2 * RATE * seconds), 1)
    with zipfile.ZipFile(path, "w") as archive:
        lines = [
            f"{n:05}.wav\tmoor the ferry at berth {'abcdefghij'[n % 10]}" for n in range(count)
        ]
        archive.writestr("trans.txt", "\n".join(lines))
        for number in range(count):
            archive.writestr(f"{number:05}.wav", clip(number, seconds))
    return count


def measure(path: Path) -> None:
    """Check the archive in this process, and print what it took."""
    began = time.perf_counter()
    report = check("Acoustic", path, "en-US")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({
        "seconds": time.perf_counter() - began, "peak": peak, "usable": report.usable,
        "findings": report.errors + report.warnings,
    }))  # fmt: skip


def main() -> None:
    """Print one line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--megabytes", type=int, default=1900)
    parser.add_argument("--clip-seconds", type=int, default=30)
    parser.add_argument("--archive", type=Path)
    options = parser.parse_args()
    if options.archive:
        measure(options.archive)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clips.zip"
        count = make(path, options.megabytes, options.clip_seconds)
        command = [sys.executable, __file__, "--archive", str(path)]
        found = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        size = path.stat().st_size / 10**6
        print(f"{count:,} clips, {size:,.0f} MB: {found['seconds']:.1f} s, "
              f"{size / found['seconds']:.0f} MB/s, peak {found['peak']:.0f} MiB, "
              f"{found['usable']:,} in order, {found['findings']} findings")  # fmt: skip


if __name__ == "__main__":
    main()
