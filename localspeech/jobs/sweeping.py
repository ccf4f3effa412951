"""Finding work that nobody does: a lost message, a killed worker."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from localspeech import storage
from localspeech.doorbell import deliver_soon, shard_soon, shards_soon, work_soon
from localspeech.events import DELETION, announce
from localspeech.jobs.lifecycle import CANCELLED, MOST_ATTEMPTS
from localspeech.models import (
    CopyAuthorization,
    CopyOperation,
    CustomModel,
    Dataset,
    Delivery,
    Endpoint,
    Evaluation,
    EvaluationShard,
    Recognition,
    StoredFile,
    TrainingShard,
    Transcription,
    WebHook,
)
from localspeech.models.entity import FINAL, Status
from localspeech.models.owners import orphans
from studio import claims

RING_AGAIN = timedelta(seconds=30)
LOG_LIFETIME = timedelta(days=30)
_FORGOTTEN = timedelta(minutes=10)
_MOST_DELIVERIES_RUNG = 100
_KINDS: tuple[Any, ...] = (
    Dataset, CustomModel, Evaluation, Endpoint, Transcription, CopyOperation, Recognition, WebHook,
)  # fmt: skip


def sweep() -> None:
    """Ring again for what was rung long ago, and at once for what a dead worker left."""
    now = timezone.now()
    lost = Q(claimed_until__lt=now) | Q(claimed_until=None, rung_at__lt=now - RING_AGAIN)
    for kind in _KINDS:
        waiting = kind.objects.filter(lost).exclude(status__in=FINAL)
        if kind is Dataset:
            waiting = waiting.filter(awaits_blocks=False)
        if kind is Evaluation:
            waiting = waiting.exclude(Exists(_open_shards(OuterRef("pk"))))
        if kind is CustomModel:
            waiting = waiting.exclude(Exists(_open_pieces(OuterRef("pk"))))
        for row in waiting:
            _mark(kind, row.pk, lost)
            work_soon(row)
    for open_shards in (
        _open_shards().filter(evaluation__status=Status.RUNNING),
        _open_pieces().filter(model__status=Status.RUNNING),
    ):
        for shard in open_shards.filter(lost):
            _mark(type(shard), shard.pk, lost)
            shard_soon(shard)
    _ring_for_pieces(Evaluation, _open_shards)
    _ring_for_pieces(CustomModel, _open_pieces)
    for delivery in claims.due(Delivery.objects.all())[:_MOST_DELIVERIES_RUNG]:
        deliver_soon(delivery)


def _ring_for_pieces(kind: Any, open_pieces: "Callable[[Any], QuerySet[Any]]") -> None:
    """Go on where a worker died between a piece and the ring for the next."""
    running = kind.objects.filter(Exists(open_pieces(OuterRef("pk"))), status=Status.RUNNING)
    for pk in running.values_list("pk", flat=True):
        shards_soon(open_pieces(pk))


def clear() -> None:
    """Delete what has lived as long as it should: objects, clips nobody waits for, old logs."""
    now = timezone.now()
    for kind in (Endpoint, Transcription):
        for row in kind.objects.filter(time_to_live_seconds__gt=0, status__in=FINAL):
            if row.last_action + timedelta(seconds=row.time_to_live_seconds) <= now:
                _delete(row)
    for clip in Recognition.objects.filter(created__lt=now - _FORGOTTEN):
        _delete(clip)
    CopyAuthorization.objects.filter(expires__lt=now - LOG_LIFETIME).delete()
    lost = orphans().filter(created__lt=now - _FORGOTTEN)
    for owner in set(lost.values_list("owner", flat=True)):
        storage.forget(owner)
    _forget_scratch()
    endpoints = Endpoint.objects.values("pk")
    for file in StoredFile.objects.filter(owner__in=endpoints, created__lt=now - LOG_LIFETIME):
        storage.forget_file(file)


def _forget_scratch() -> None:
    """What jobs that have ended or were deleted need no more; a piece may still be in hand."""
    ended = timezone.now() - _FORGOTTEN
    is_over = Q(status__in=FINAL, last_action__lt=ended)
    TrainingShard.objects.filter(model__in=CustomModel.objects.filter(is_over)).delete()
    stopped = Evaluation.objects.filter(is_over, error_code=CANCELLED)
    EvaluationShard.objects.filter(evaluation__in=stopped).delete()
    needed = {str(pk) for pk in CustomModel.objects.exclude(is_over).values_list("pk", flat=True)}
    for owner in storage.with_scratch():
        if str(owner) not in needed:
            storage.forget_scratch(owner)


def _delete(row: Any) -> None:
    pk = row.pk
    with transaction.atomic():
        announce(row, DELETION)
        row.delete()
    storage.forget(pk)


def _open_shards(evaluation: Any = None) -> "QuerySet[EvaluationShard]":
    shards = EvaluationShard.objects.filter(texts__isnull=True, attempts__lt=MOST_ATTEMPTS)
    return shards if evaluation is None else shards.filter(evaluation=evaluation)


def _open_pieces(model: Any = None) -> "QuerySet[TrainingShard]":
    shards = TrainingShard.objects.filter(result__isnull=True, attempts__lt=MOST_ATTEMPTS)
    return shards if model is None else shards.filter(model=model)


def _mark(kind: Any, pk: Any, lost: Q) -> None:
    kind.objects.filter(lost, pk=pk).update(claimed_until=None, rung_at=timezone.now())
