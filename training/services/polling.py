"""Asks each resource with unfinished work what changed: a list for each kind, not a request
for each row."""

from collections.abc import Iterator
from typing import Any

import structlog
from django.db.models import F, Min, Q, QuerySet
from django.utils import timezone

from studio import claims
from studio.crashpoints import crashpoint
from training.enums import FINAL, Submission
from training.models import CustomModel, Dataset, Endpoint, Evaluation, RemoteObject, Resource
from training.services import connection, sync
from training.services.couriers import since
from training.services.delays import after_failures, until_next_poll
from training.services.outbox import KINDS, due
from training.speechapi import types
from training.speechapi.client import SpeechClient
from training.speechapi.errors import NotFound, SpeechApiError

log = structlog.get_logger(__name__)

_FOLLOWED: tuple[tuple[type[RemoteObject], str, type[types.Entity]], ...] = (
    (Dataset, "datasets", types.Dataset),
    (CustomModel, "models", types.CustomModel),
    (Evaluation, "evaluations", types.Evaluation),
    (Endpoint, "endpoints", types.Endpoint),
)


def due_submissions() -> Iterator[tuple[str, int]]:
    """Kind and key of every row that waits for submission and that nobody holds."""
    for kind in KINDS:
        for pk in due(kind).order_by("pk").values_list("pk", flat=True)[:200]:
            yield kind, pk


def due_resources() -> list[int]:
    """Resources that have unfinished work and whose next poll has come."""
    now = timezone.now()
    waiting = {
        pk
        for model, _, _ in _FOLLOWED
        for pk in _unfinished(model).values_list("project__resource_id", flat=True).distinct()
    }
    free = Resource.objects.filter(claims.unclaimed(now), pk__in=waiting)
    return list(
        free.filter(Q(poll_due_at=None) | Q(poll_due_at__lte=now)).values_list("pk", flat=True)
    )


def seconds_without_poll() -> float | None:
    """For how long unfinished work has gone without any resource that answered a poll.

    None when no work waits. One resource that answers is enough: what ails a single one stands
    on its page and in the metrics.
    """
    now = timezone.now()
    youngest: float | None = None
    for model, _, _ in _FOLLOWED:
        rows = _unfinished(model).values_list("project__resource__answered_at")
        for answered_at, began in rows.annotate(began=Min("created_at")).order_by():
            age = (now - max(began, answered_at or began)).total_seconds()
            youngest = age if youngest is None else min(youngest, age)
    return youngest


def poll(resource_pk: int) -> None:
    """Update every unfinished row of one resource, if its turn has come."""
    now = timezone.now()
    ready = Resource.objects.filter(Q(poll_due_at=None) | Q(poll_due_at__lte=now))
    if not claims.claim(ready, resource_pk):
        return
    resource = Resource.objects.get(pk=resource_pk)
    with claims.held(Resource, resource_pk):
        try:
            pause = _ask(resource)
        except SpeechApiError as error:
            _note_failure(resource, error)
        else:
            _note_success(resource, pause)


def _ask(resource: Resource) -> float | None:
    with connection.client(resource) as client:
        for model, listing, kind in _FOLLOWED:
            rows: list[Any] = list(_unfinished(model).filter(project__resource=resource))
            if rows:
                _update(client, rows, listing, kind)
        return client.wished_pause


def _update(client: SpeechClient, rows: list[Any], listing: str, kind: type[types.Entity]) -> None:
    oldest = min(rows, key=lambda row: row.created_at)
    listed = {one.id: one for one in getattr(client, listing)(since(oldest))}
    crashpoint("training.poll.listed")
    for row in rows:
        remote = listed.get(row.remote_id)
        try:
            sync.updated(row, remote or client.get(kind, row.remote_self))
        except NotFound:
            sync.vanished(row)
    crashpoint("training.poll.recorded")


def _unfinished(model: type[RemoteObject]) -> "QuerySet[Any]":
    rows = model._default_manager.filter(submission=Submission.SUBMITTED)
    return rows.exclude(status__in=FINAL)


def _note_success(resource: Resource, pause: float | None) -> None:
    now = timezone.now()
    waiting = [
        created
        for model, _, _ in _FOLLOWED
        for created in _unfinished(model)
        .filter(project__resource=resource)
        .order_by("-created_at")
        .values_list("created_at", flat=True)[:1]
    ]
    next_at = now + until_next_poll(now - max(waiting), pause) if waiting else None
    Resource.objects.filter(pk=resource.pk).update(
        poll_due_at=next_at, answered_at=now, failures=0, trouble=""
    )


def _note_failure(resource: Resource, error: SpeechApiError) -> None:
    wait = after_failures(resource.failures + 1, error.retry_after)
    Resource.objects.filter(pk=resource.pk).update(
        poll_due_at=timezone.now() + wait, failures=F("failures") + 1, trouble=error.message
    )
    log.warning("poll_failed", resource=resource.pk, reason=error.message)
