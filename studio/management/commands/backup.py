"""`manage.py backup`: database and files into one archive, while the product runs."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from studio.backup import Refused, places
from studio.backup.saving import save


class Command(BaseCommand):
    """Writes a tar with a checksummed list of all that is in it."""

    help = "Save database and files into one archive; the product may run meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "path", nargs="?", help="the archive, or - for the standard output; by default a new "
            "file in the folder backups of STUDIO_DATA",
        )  # fmt: skip
        parser.add_argument(
            "--with-secrets", action="store_true",
            help="also save the secrets that this server made for itself; keep such an archive "
            "like a key",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["path"] == "-":
                facts = save(sys.stdout.buffer, options["with_secrets"])
                sys.stdout.buffer.flush()
            else:
                path = Path(options["path"] or _usual_path())
                facts = _save_file(path, options["with_secrets"])
                self.stderr.write(f"{path} ({path.stat().st_size / 2**20:.1f} MiB)")
        except Refused as reason:
            raise CommandError(str(reason)) from None
        rows = sum(table["rows"] for table in facts["tables"].values())
        self.stderr.write(f"{rows} rows and {sum(facts['files'].values())} files are saved.")
        self.stderr.write(_what_else(set(facts["secrets"])))


def _usual_path() -> Path:
    name = f"studio-{datetime.now(UTC):%Y%m%d-%H%M%S}.tar"
    folder: Path = settings.STUDIO_DATA / "backups"
    folder.mkdir(exist_ok=True, mode=0o700)
    return folder / name


def _save_file(path: Path, with_secrets: bool) -> dict[str, Any]:
    """A file of this name exists only once it is whole."""
    if path.exists():
        raise Refused(f"{path} exists already; a backup replaces nothing.")
    draft = path.with_name(f"{path.name}.unfinished")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            facts = save(file, with_secrets)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error}.") from error
    finally:
        draft.unlink(missing_ok=True)
    return facts


def _what_else(saved: set[str]) -> str:
    missing = [name for name in places.SECRETS if name not in saved]
    if not missing:
        return "The archive holds the server's secrets: keep it like a key."
    return (
        f"Keep {', '.join(missing)} too, elsewhere: the archive does not hold them, and without "
        "FIELD_KEYS and LOCALSPEECH_KEY it cannot be restored."
    )
