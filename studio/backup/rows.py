"""Rows as lines of JSON that mean the same on SQLite and PostgreSQL.

What is encrypted in the database stays so: the ciphertext is carried, never the text.
"""

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps.registry import Apps
from django.db import connections, models
from django.db.models import F, Field, Model, TextField
from django.db.models.functions import Cast
from django.utils.duration import duration_iso_string

# People sign in again after a restore; a session's key would let somebody in.
_LEFT_OUT = {"sessions.session"}
_BATCH = 500
Kind = type[Model]


def kinds(apps: Any) -> list[Kind]:
    """Every table of the registry that a backup holds, those between two tables too."""
    registry: Apps = apps
    found = registry.get_models(include_auto_created=True)
    wanted = [kind for kind in found if kind._meta.managed and not kind._meta.proxy]
    return [kind for kind in wanted if kind._meta.label_lower not in _LEFT_OUT]


def columns(kind: Kind) -> list[str]:
    """Names of the columns that a line holds, in its order."""
    return [field.attname for field in _fields(kind)]


def lines(kind: Kind, alias: str) -> Iterator[bytes]:
    """Each row of a table as a line, in the order of its key."""
    raw = {f"raw_{one.attname}": Cast(F(one.attname), TextField()) for one in _encrypted(kind)}
    names = [
        f"raw_{name}" if f"raw_{name}" in raw else name
        for name in (one.attname for one in _fields(kind))
    ]
    rows = kind._base_manager.using(alias).annotate(**raw).order_by("pk").values_list(*names)
    for row in rows.iterator(1000):
        text = json.dumps(row, default=_encoded, sort_keys=True, separators=(",", ":"))
        yield f"{text}\n".encode()


def insert(kind: Kind, names: list[str], rows: Iterable[bytes], alias: str) -> int:
    """Put lines into a table that knows these columns; their number."""
    connection = connections[alias]
    fields = {one.attname: one for one in _fields(kind)}
    chosen = [fields[name] for name in names]
    quote = connection.ops.quote_name
    sql = "INSERT INTO {} ({}) VALUES ({})".format(  # noqa: S608  # names of our own models
        quote(kind._meta.db_table),
        ", ".join(quote(str(one.column)) for one in chosen),
        ", ".join(["%s"] * len(chosen)),
    )
    count, batch = 0, []
    with connection.cursor() as cursor:
        for line in rows:
            values = zip(chosen, json.loads(line), strict=True)
            batch.append([_stored(field, value, connection) for field, value in values])
            count += 1
            if len(batch) == _BATCH:
                cursor.executemany(sql, batch)
                batch = []
        if batch:
            cursor.executemany(sql, batch)
    return count


def clear(found: Iterable[Kind], alias: str) -> None:
    """Drop what migrations put into the tables; foreign keys are checked at the commit."""
    with connections[alias].cursor() as cursor:
        for kind in found:
            table = connections[alias].ops.quote_name(kind._meta.db_table)
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608  # a name of our own models


def _fields(kind: Kind) -> "list[Field[Any, Any]]":
    return [one for one in kind._meta.concrete_fields if isinstance(one, Field)]


def _encrypted(kind: Kind) -> "list[Field[Any, Any]]":
    return [one for one in _fields(kind) if _is_encrypted(one)]


def _is_encrypted(field: "Field[Any, Any]") -> bool:
    return isinstance(field, TextField) and hasattr(field, "from_db_value")


def _encoded(value: Any) -> str:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case timedelta():
            return duration_iso_string(value)
        case UUID() | Decimal():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(value).decode()
    raise TypeError(f"A column holds a {type(value).__name__}, which backups do not know.")


def _stored(field: "Field[Any, Any]", value: Any, connection: Any) -> Any:
    if value is None or _is_encrypted(field):
        return value
    if isinstance(field, models.BinaryField):
        value = base64.b64decode(value)
    elif not isinstance(field, models.JSONField):
        value = field.to_python(value)
    return field.get_db_prep_save(value, connection)
