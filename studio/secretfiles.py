"""Secrets that the server makes for itself at its first start, one private file each."""

import os
from collections.abc import Callable
from pathlib import Path

from studio import env


def kept_secret(folder: Path, name: str, make: Callable[[], str]) -> str:
    """Environment variable NAME (or NAME_FILE) if set, else the content of folder/name.

    The file is made once, readable by its owner only, and never overwritten: two
    processes that start together agree on one value.
    """
    given = env.text(name)
    if given:
        return given
    path = folder / name.lower()
    if not path.exists():
        _write_once(path, make())
    return path.read_text().strip()


def _write_once(path: Path, value: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(value)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
