"""Follows a resource to a new address: `self` links keep their path and change their origin."""

import json
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat, Substr

from training.models import BaseModel, CustomModel, Dataset, Endpoint, Evaluation, Project, Resource

_KINDS = {
    BaseModel: "resource",
    Project: "resource",
    Dataset: "project__resource",
    CustomModel: "project__resource",
    Evaluation: "project__resource",
    Endpoint: "project__resource",
}


@transaction.atomic
def move(resource: Resource, old: str, new: str) -> None:
    """Rewrite the links of everything on the resource from one origin to another."""
    before, after = _origin(old), _origin(new)
    if before == after:
        return
    for kind, path in _KINDS.items():
        rows = kind._default_manager.filter(**{path: resource}, remote_self__startswith=before)
        _move_links(kind, rows, before, after)
        rest = Substr(F("remote_self"), len(before) + 1)
        kind._default_manager.filter(pk__in=list(rows.values_list("pk", flat=True))).update(
            remote_self=Concat(Value(after), rest)
        )


def _move_links(kind: Any, rows: "QuerySet[Any]", before: str, after: str) -> None:
    """The links that came with an object lead to the same place at the new address."""
    found = []
    for row in rows.exclude(raw={}).only("raw").iterator(500):
        text = json.dumps(row.raw)
        row.raw = json.loads(text.replace(f'"{before}/', f'"{after}/'))
        found.append(row)
    kind._default_manager.bulk_update(found, ["raw"], batch_size=200)


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
