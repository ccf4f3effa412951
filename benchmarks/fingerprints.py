"""Fingerprints: how long they take, how large they are, how fast two datasets are compared.

    python benchmarks/fingerprints.py [--sentences 1000000] [--clips 10000] [--times 5]

Two texts that share half of their sentences, and two archives that share half of their clips (each
half a second of noise), are read and kept in a fresh database: SQLite, or that of DATABASE_URL.
"""

import argparse
import io
import os
import random
import statistics
import sys
import tempfile
import time
import wave
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

WORDS = "moor ferry berth tide pilot anchor hawser fog sound ebb flood quay crane log bar buoy"


@contextmanager
def product() -> Iterator[Path]:
    """The product on a data folder of its own; the folder."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"STUDIO_DATA": folder, "DJANGO_SETTINGS_MODULE": "studio.settings"}
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        yield Path(folder)


def text(path: Path, first: int, count: int) -> None:
    """Sentences of ten words; a number gives the same one each time."""
    words = WORDS.split()
    with path.open("w") as file:
        for number in range(first, first + count):
            chance = random.Random(number)
            file.write(" ".join(chance.choices(words, k=9)) + f" {number}\n")


def clips(path: Path, first: int, count: int) -> None:
    """An archive of noise with a transcript."""
    with zipfile.ZipFile(path, "w") as archive:
        numbers = range(first, first + count)
        archive.writestr("trans.txt", "".join(f"{n}.wav\tmoor at berth {n}\n" for n in numbers))
        for number in numbers:
            data = io.BytesIO()
            with wave.open(data, "wb") as file:
                file.setnchannels(1)
                file.setsampwidth(2)
                file.setframerate(16_000)
                file.writeframes(random.Random(number).randbytes(16_000))
            archive.writestr(f"{number}.wav", data.getvalue())


def seconds(times: int, work: Callable[[], Any]) -> float:
    """Median of several runs."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def measure(kind: str, paths: list[Path], project: Any, times: int) -> None:
    """Keep both, compare them, and print one line."""
    from training import overlaps
    from training.models import Dataset, Fingerprint
    from training.services import fingerprints
    from training.validation.checks import check

    reading, keeping, rows = [], [], []
    for path in paths:
        row = Dataset.objects.create(project=project, kind=kind, display_name=path.name)
        began = time.perf_counter()
        contents = check(kind, path, "en-US").contents
        reading.append(time.perf_counter() - began)
        began = time.perf_counter()
        fingerprints.keep(row, path, contents)
        keeping.append(time.perf_counter() - began)
        rows.append(row)
    found = [Fingerprint.objects.get(dataset=row) for row in rows]
    size = len(bytes(found[0].clips)) + len(bytes(found[0].sentences))
    again = seconds(times, lambda: fingerprints.compare(found[1]))
    warned = seconds(times, lambda: list(overlaps.warnings_before_training(rows[1], [rows[0]])))
    shared = overlaps.in_words(rows[1].overlaps.get())
    print(
        f"{kind}: check {statistics.mean(reading):.1f} s, fingerprint of {size / 2**20:.2f} MiB "
        f"kept in {keeping[0]:.2f} s, compared with the other in {again * 1000:.0f} ms ({shared}), "
        f"warning asked for in {warned * 1000:.1f} ms"
    )


def main() -> None:
    """Measure texts, then audio."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sentences", type=int, default=1_000_000)
    parser.add_argument("--clips", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    with product() as folder:
        from tests.factories import ProjectFactory

        for kind, make, count in (
            ("Language", text, options.sentences),
            ("Acoustic", clips, options.clips - 1),
        ):
            paths = [folder / f"{kind} {part}" for part in (1, 2)]
            for part, path in enumerate(paths):
                make(path, part * count // 2, count)
            measure(kind, paths, ProjectFactory(), options.times)


if __name__ == "__main__":
    main()
