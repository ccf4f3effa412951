"""Time and memory of a backup and its restore.

    python benchmarks/backup.py [--megabytes 800] [--rows 200000]

Fills a data folder with a file of noise and rows of the activity list, and runs the commands in
processes of their own. What Django alone takes is printed first, to hold the peaks against.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
PIECE = 1024 * 1024
FILL = """
import sys, django
django.setup()
from training.models import Event
Event.objects.bulk_create(
    (Event(kind="dataset", verb="created", object_id=n, name=f"Harbour log {n}")
     for n in range(int(sys.argv[1]))), batch_size=5000)
"""


def measured(*command: str, data: Path) -> tuple[float, int]:
    """Seconds and the largest resident memory in MiB of a command on a data folder."""
    environment = {
        **os.environ, "STUDIO_DATA": str(data), "DATABASE_URL": "", "REDIS_URL": "",
        "LOG_LEVEL": "WARNING", "DJANGO_SETTINGS_MODULE": "studio.settings",
    }  # fmt: skip
    began, peak = time.perf_counter(), 0
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment)
    while process.poll() is None:
        try:
            peak = max(peak, psutil.Process(process.pid).memory_info().rss)
        except psutil.NoSuchProcess:
            break
        time.sleep(0.02)
    if process.wait():
        raise SystemExit(f"{command} failed")
    return time.perf_counter() - began, peak // PIECE


def main() -> None:
    """Fill, save, verify, restore."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--megabytes", type=int, default=800)
    parser.add_argument("--rows", type=int, default=200_000)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source, target, file = Path(folder, "a"), Path(folder, "b"), str(Path(folder, "a.tar"))
        measured("manage.py", "prepare", data=source)
        measured("-c", FILL, str(wanted.rows), data=source)
        (source / "uploads").mkdir()
        with (source / "uploads" / "noise").open("wb") as noise:
            for _ in range(wanted.megabytes):
                noise.write(os.urandom(PIECE))
        for name, command, data in (
            ("Django alone", ("check",), source),
            ("backup", ("backup", file, "--with-secrets"), source),
            ("restore --verify", ("restore", "--verify", file), target),
            ("restore", ("restore", file), target),
        ):
            seconds, peak = measured("manage.py", *command, data=data)
            print(f"{name:20} {seconds:6.1f} s  {peak:5} MiB")


if __name__ == "__main__":
    main()
