"""Follows a resource to a new address: `self` links keep what stands after the address."""

import json
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat, Substr

from training.models import (
    BaseModel,
    CustomModel,
    Dataset,
    Endpoint,
    Evaluation,
    FoundObject,
    ModelCopy,
    Project,
    Resource,
)

_KINDS = {
    BaseModel: "resource",
    FoundObject: "resource",
    Project: "resource",
    Dataset: "project__resource",
    CustomModel: "project__resource",
    Evaluation: "project__resource",
    Endpoint: "project__resource",
}


@transaction.atomic
def move(resource: Resource, old: str, new: str) -> None:
    """Rewrite the links of everything on the resource from one address to another."""
    before, after = old.rstrip("/"), new.rstrip("/")
    if before == after:
        return
    for kind, path in _KINDS.items():
        rows = kind._default_manager.filter(**{path: resource}, remote_self__startswith=before)
        _move_links(kind, rows, before, after)
        rest = Substr(F("remote_self"), len(before) + 1)
        kind._default_manager.filter(pk__in=list(rows.values_list("pk", flat=True))).update(
            remote_self=Concat(Value(after), rest)
        )
    for name, path in (("operation", "source_resource"), ("copied_self", "project__resource")):
        _move_copies(name, ModelCopy.objects.filter(**{path: resource}), before, after)


def _move_copies(name: str, rows: "QuerySet[ModelCopy]", before: str, after: str) -> None:
    """Copies that are under way go on at the new address."""
    found = rows.filter(**{f"{name}__startswith": before}).values_list("pk", flat=True)
    moved = Concat(Value(after), Substr(F(name), len(before) + 1))
    ModelCopy.objects.filter(pk__in=list(found)).update(**{name: moved})


def _move_links(kind: Any, rows: "QuerySet[Any]", before: str, after: str) -> None:
    """The links that came with an object lead to the same place at the new address."""
    found = []
    for row in rows.exclude(raw={}).only("raw").iterator(500):
        text = json.dumps(row.raw)
        row.raw = json.loads(text.replace(f'"{before}/', f'"{after}/'))
        found.append(row)
    kind._default_manager.bulk_update(found, ["raw"], batch_size=200)
