"""Secrets that the server makes for itself at its first start, one private file each."""

import os
from collections.abc import Callable
from pathlib import Path

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

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


def fernet_keys(name: str, text: str) -> list[str]:
    """The keys of a comma-separated list, newest first."""
    keys = [key.strip() for key in text.split(",")]
    for number, key in enumerate(keys, 1):
        try:
            Fernet(key)
        except ValueError:
            raise ImproperlyConfigured(
                f"{name}: key {number} of {len(keys)} is not a Fernet key (32 bytes as 44 "
                "letters of URL-safe base64). It decrypts the keys of resources: give the one "
                "that was used so far."
            ) from None
    return keys
