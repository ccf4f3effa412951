"""Putting a backup back, into a database and folders that hold nothing yet."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from studio.backup import Refused, archive, places, rows, state

_UNFINISHED = "restoring"


def restore(path: Path) -> dict[str, Any]:
    """Verify all of the archive, then restore it; its manifest. Raises Refused.

    Nothing is changed before everything was verified, and a failure on the way is undone.
    """
    _check_empty()
    manifest = archive.verified(path)
    executor = MigrationExecutor(connection)
    targets = state.targets(manifest, executor.loader)
    _check_secrets(manifest)
    unfinished = settings.STUDIO_DATA / _UNFINISHED
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        _unpack(path, unfinished)
        _fill(path, manifest, executor, targets)
        call_command("migrate", verbosity=0, interactive=False)
        _move(unfinished)
    except BaseException:
        _undo(unfinished)
        raise
    return manifest


def _check_empty() -> None:
    tables = connection.introspection.table_names()
    if tables:
        raise Refused(
            f"The database {connection.settings_dict['NAME']} is not empty (it has "
            f"{len(tables)} tables). Restore into a new one: name it by DATABASE_URL, or choose "
            "another folder by STUDIO_DATA."
        )
    for folder in places.folders().values():
        if next(places.files(folder), None):
            raise Refused(f"{folder} is not empty. Choose another folder by STUDIO_DATA.")


def _check_secrets(manifest: dict[str, Any]) -> None:
    """The data is of use only with the secrets that it was made with."""
    here = places.fingerprints()
    kept = set(manifest["secrets"]) & set(places.own_secrets())
    for name, marks in manifest["fingerprints"].items():
        if name not in kept and set(marks) - set(here[name]):
            raise Refused(
                f"{name} is not the one that the backup was made with. Set it as it was there, "
                f"or copy the file secrets/{name.lower()} of the old data folder to "
                f"{settings.SECRETS_DIR / name.lower()}."
            )


def _unpack(path: Path, folder: Path) -> None:
    for name, content in archive.members(path):
        if name.startswith(("files/", "secrets/")):
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with target.open("xb") as file:
                shutil.copyfileobj(content, file, 1024 * 1024)


def _fill(
    path: Path, manifest: dict[str, Any], executor: MigrationExecutor, targets: list[state.Node]
) -> None:
    """Make the tables as they were, and put the rows into them."""
    executor.migrate(targets)
    kinds = rows.kinds(executor.loader.project_state(targets).apps)
    with transaction.atomic():
        rows.clear(kinds, "default")
        counts = dict.fromkeys(manifest["tables"], 0)
        by_label = {kind._meta.label_lower: kind for kind in kinds}
        for label, content in _parts(path):
            names = manifest["tables"][label]["columns"]
            counts[label] += rows.insert(by_label[label], names, content, "default")
        for label, table in manifest["tables"].items():
            if counts[label] != table["rows"]:
                raise Refused(f"{label}: {counts[label]} of {table['rows']} rows are there.")
        with connection.cursor() as cursor:
            for sql in connection.ops.sequence_reset_sql(no_style(), kinds):
                cursor.execute(sql)
        connection.check_constraints()


def _parts(path: Path) -> Iterator[tuple[str, Any]]:
    for name, content in archive.members(path):
        if name.startswith("database/"):
            yield name.split("/")[1], content


def _move(unfinished: Path) -> None:
    """Put the unpacked folders and secrets in place."""
    for name, folder in places.folders().items():
        source = unfinished / "files" / name
        if source.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(source, folder)
    for name, target in places.own_secrets().items():
        source = unfinished / "secrets" / name.lower()
        if source.exists():
            source.chmod(0o600)
            os.replace(source, target)
    shutil.rmtree(unfinished, ignore_errors=True)


def _undo(unfinished: Path) -> None:
    """Leave the target as empty as it was."""
    shutil.rmtree(unfinished, ignore_errors=True)
    if connection.vendor == "sqlite":
        connection.close()
        for ending in ("", "-wal", "-shm"):
            Path(f"{connection.settings_dict['NAME']}{ending}").unlink(missing_ok=True)
        return
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)} CASCADE")
