"""Folders that are built once, shared by processes, and forgotten when they are old."""

import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

MOST_CACHED = 8
_IN_USE_SECONDS = 600


def built_once(folder: Path, build: Callable[[Path], None]) -> Path:
    """The folder, after `build` has filled a draft of it, if it was not there.

    Safe when several processes ask at once: one builds, the others wait.
    """
    cache = folder.parent
    cache.mkdir(parents=True, exist_ok=True)
    with _locked(cache / f"{folder.name}.lock"):
        if not folder.exists():
            with _draft(folder) as draft:
                build(draft)
                draft.rename(folder)
        os.utime(folder)
    _forget_old(cache, folder)
    return folder


@contextmanager
def _draft(folder: Path) -> Iterator[Path]:
    """A folder to fill; what it holds goes when that fails, and what a killed process left."""
    for left in folder.parent.glob(f"{folder.name}.*"):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
    draft = folder.with_suffix(f".{os.getpid()}")
    draft.mkdir()
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _forget_old(cache: Path, keep: Path) -> None:
    """Bound the cache; what was asked for in the last minutes may still be loading."""
    ready = [one for one in cache.iterdir() if one.is_dir() and one != keep and not one.suffix]
    oldest_first = sorted(ready, key=_used_at)
    for folder in oldest_first[: max(len(oldest_first) - (MOST_CACHED - 1), 0)]:
        if time.time() - _used_at(folder) > _IN_USE_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _used_at(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except FileNotFoundError:  # another process has just forgotten it
        return 0.0
