"""`manage.py restore ARCHIVE`: a backup into an empty database and empty folders."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from studio.backup import Refused, archive
from studio.backup.restoring import restore
from studio.supervisor.checks import CannotStart, lock


class Command(BaseCommand):
    """Verifies every byte first, and changes nothing that exists."""

    help = "Restore a backup into an empty database and empty folders."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument(
            "--verify", action="store_true", help="only read the archive and compare checksums"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["path"]
        if not path.is_file():
            raise CommandError(f"{path} is no file.")
        try:
            if options["verify"]:
                manifest = archive.verified(path)
            else:
                with lock(settings.STUDIO_DATA / "run"):
                    manifest = restore(path)
        except (Refused, CannotStart) as reason:
            raise CommandError(str(reason)) from None
        done = "is whole" if options["verify"] else "is restored"
        rows = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(
            f"The backup of {manifest['made_at']} (version {manifest['version']}) {done}: "
            f"{rows} rows, {sum(manifest['files'].values())} files."
        )
