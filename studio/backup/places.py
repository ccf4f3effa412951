"""What is saved beside the database: folders of files, and the server's own secrets."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.storage import storages

SECRETS = ("SECRET_KEY", "FIELD_KEYS", "LOCALSPEECH_KEY")


def folders() -> dict[str, Path]:
    """Folders by their name in the archive. What can be made again (caches) is not among them."""
    local = storages["localspeech"]
    return {"uploads": Path(settings.MEDIA_ROOT), "localspeech": Path(getattr(local, "location"))}  # noqa: B009


def files(folder: Path) -> Iterator[Path]:
    """Every file below a folder, in a fixed order."""
    for place, names, found in os.walk(folder):
        names.sort()
        yield from (Path(place) / name for name in sorted(found))


def own_secrets() -> dict[str, Path]:
    """Files of secrets that this server made for itself; others come from the environment."""
    given = {name for name in SECRETS if os.environ.get(name) or os.environ.get(f"{name}_FILE")}
    paths = {name: settings.SECRETS_DIR / name.lower() for name in SECRETS if name not in given}
    return {name: path for name, path in paths.items() if path.exists()}


def fingerprints() -> dict[str, list[str]]:
    """Marks of the secrets without which the data cannot be used; they tell nothing else."""
    return {
        "FIELD_KEYS": [_mark(key) for key in settings.FIELD_KEYS],
        "LOCALSPEECH_KEY": [_mark(settings.LOCALSPEECH_KEY)],
    }


def _mark(secret: str) -> str:
    """Secrets are long and random, so a plain hash hides them."""
    return hashlib.sha256(f"backup {secret}".encode()).hexdigest()[:32]
