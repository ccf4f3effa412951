"""Keeps the table of deadlines as the services' dates have it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from training.enums import Status
from training.models import BaseModel, CustomModel, Deadline, Endpoint, FoundObject

Kind = Deadline.Kind
_BATCH = 500


def refresh() -> None:
    """Bring the whole table up to date. Cheap when nothing changed."""
    for kind, name, rows in _sources():
        _match(kind, name, rows, Deadline.objects.filter(kind=kind))


def keep(subject: CustomModel | BaseModel | Endpoint) -> None:
    """Bring the deadlines of one thing, and of what answers with it, up to date."""
    for kind, name, rows in _sources():
        asked = Q()
        if isinstance(subject, rows.model):
            asked = Q(pk=subject.pk)
        elif rows.model is Endpoint:
            field = "custom_model" if isinstance(subject, CustomModel) else "base_model"
            asked = Q(**{field: subject})
        if asked:
            mine = rows.filter(asked)
            keys = rows.model._default_manager.filter(asked).values("pk")
            _match(kind, name, mine, Deadline.objects.filter(kind=kind, **{f"{name}__in": keys}))


def _sources() -> Iterator[tuple[Kind, str, "QuerySet[Any]"]]:
    """Kind, column, and rows with `ends` and `place`, the resource; rows without a date are out."""
    models = CustomModel.objects.filter(status=Status.SUCCEEDED)
    endpoints = Endpoint.live()
    of_model = Coalesce(
        "custom_model__transcription_expires_at", "base_model__transcription_expires_at"
    )
    found = FoundObject.objects.filter(
        kind=FoundObject.Kind.MODEL, status=Status.SUCCEEDED, transcription_expires_at__isnull=False
    )
    for kind, name, rows, ends, place in (
        (Kind.TRANSCRIPTION, "custom_model", models, F("transcription_expires_at"), "project__"),
        (Kind.TRANSCRIPTION, "found", found, F("transcription_expires_at"), ""),
        (Kind.ENDPOINT, "endpoint", endpoints, of_model, "project__"),
        (Kind.ADAPTATION, "base_model", BaseModel.objects.all(), F("adaptation_expires_at"), ""),
        (Kind.TRANSCRIPTION, "base_model", BaseModel.objects.all(),
         F("transcription_expires_at"), ""),
    ):  # fmt: skip
        shown = rows.annotate(ends=ends, place=F(f"{place}resource_id"))
        yield kind, name, shown.filter(ends__isnull=False)


def _match(kind: Kind, name: str, rows: "QuerySet[Any]", kept: "QuerySet[Deadline]") -> None:
    # What is kept is read first: what comes between the two reads is then taken for new, not gone.
    mine = kept.exclude(**{f"{name}__isnull": True})
    there = {subject: (pk, at) for pk, subject, at in mine.values_list("pk", f"{name}_id", "at")}
    wanted = {pk: (ends, place) for pk, ends, place in rows.values_list("pk", "ends", "place")}
    gone = [pk for subject, (pk, _at) in there.items() if subject not in wanted]
    moved = {
        pk: wanted[subject][0]
        for subject, (pk, at) in there.items()
        if subject in wanted and wanted[subject][0] != at
    }
    new = {subject: found for subject, found in wanted.items() if subject not in there}
    if gone or moved or new:
        _write(kind, name, new, moved, gone)


@transaction.atomic
def _write(
    kind: Kind,
    name: str,
    new: Mapping[int, tuple[datetime, int]],
    moved: Mapping[int, datetime],
    gone: list[int],
) -> None:
    Deadline.objects.bulk_create(
        [
            Deadline(kind=kind, at=at, resource_id=place, **{f"{name}_id": subject})
            for subject, (at, place) in new.items()
        ],
        batch_size=_BATCH,
        ignore_conflicts=True,
    )
    for pk, at in moved.items():
        Deadline.objects.filter(pk=pk).update(
            at=at, handled_at=None, snoozed_until=None, decided_by=None, changed_at=timezone.now()
        )
    for start in range(0, len(gone), _BATCH):
        Deadline.objects.filter(pk__in=gone[start : start + _BATCH]).delete()
