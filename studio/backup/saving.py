"""Making a backup while the product runs."""

import copy
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.db import connections, transaction

from studio import __version__
from studio.backup import Refused, places, rows, state
from studio.backup.archive import Writer

_PART_BYTES = 4 * 1024 * 1024
_ALIAS = "snapshot"


def save(stream: IO[bytes], with_secrets: bool = False) -> dict[str, Any]:
    """Write database and files to a stream; the manifest's facts. Raises Refused.

    The database is read in one transaction, as it was at one moment, and nobody waits for it.
    The files follow: one that was added since is saved too, which does no harm.
    """
    writer = Writer(stream)
    with _snapshot() as alias:
        facts: dict[str, Any] = {
            "version": __version__,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "database": connections[alias].vendor,
            "migrations": state.leaves(alias),
            "fingerprints": places.fingerprints(),
            "tables": {kind._meta.label_lower: _table(writer, kind, alias)
                       for kind in rows.kinds(apps)},
        }  # fmt: skip
    facts["files"] = {name: _folder(writer, name, path) for name, path in places.folders().items()}
    secrets = places.own_secrets() if with_secrets else {}
    for name, path in secrets.items():
        _file(writer, f"secrets/{name.lower()}", path)
    facts["secrets"] = sorted(secrets)
    writer.finish(facts)
    return facts


@contextmanager
def _snapshot() -> Iterator[str]:
    """A connection of its own on which all reads see one moment."""
    wanted: dict[str, Any] = copy.deepcopy(connections.databases["default"])
    if connections["default"].vendor == "sqlite":
        wanted["OPTIONS"]["transaction_mode"] = "DEFERRED"  # a reader; writers go on
    else:
        from psycopg import IsolationLevel

        wanted["OPTIONS"]["isolation_level"] = IsolationLevel.REPEATABLE_READ
    connections.databases[_ALIAS] = wanted
    try:
        with transaction.atomic(using=_ALIAS):
            yield _ALIAS
    finally:
        connections[_ALIAS].close()
        del connections[_ALIAS]
        del connections.databases[_ALIAS]


def _table(writer: Writer, kind: rows.Kind, alias: str) -> dict[str, Any]:
    count, parts = 0, 0
    for part, inside in _parts(rows.lines(kind, alias)):
        count, parts = count + inside, parts + 1
        name = f"database/{kind._meta.label_lower}/{parts:06}.jsonl"
        writer.add(name, BytesIO(part), len(part))
    return {"columns": rows.columns(kind), "rows": count}


def _parts(lines: Iterable[bytes]) -> Iterator[tuple[bytes, int]]:
    """Some megabytes of lines at a time, with their number."""
    held, size = [], 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= _PART_BYTES:
            yield b"".join(held), len(held)
            held, size = [], 0
    if held:
        yield b"".join(held), len(held)


def _folder(writer: Writer, name: str, folder: Path) -> int:
    count = 0
    for path in places.files(folder):
        count += _file(writer, f"files/{name}/{path.relative_to(folder).as_posix()}", path)
    return count


def _file(writer: Writer, name: str, path: Path) -> bool:
    """Save a file, unless it was deleted since its folder was listed."""
    try:
        with path.open("rb") as content:
            writer.add(name, content, path.stat().st_size)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise Refused(f"{path} cannot be saved: {error}.") from error
    return True
