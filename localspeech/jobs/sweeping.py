"""Finding work that nobody does: a lost message, a killed worker."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from localspeech.doorbell import shard_soon, work_soon
from localspeech.jobs.lifecycle import MOST_ATTEMPTS
from localspeech.models import CustomModel, Dataset, Evaluation, EvaluationShard
from localspeech.models.entity import FINAL, Status

RING_AGAIN = timedelta(seconds=30)
_KINDS: tuple[Any, ...] = (Dataset, CustomModel, Evaluation)


def sweep() -> None:
    """Ring again for what was rung long ago, and at once for what a dead worker left."""
    now = timezone.now()
    lost = Q(claimed_until__lt=now) | Q(claimed_until=None, rung_at__lt=now - RING_AGAIN)
    for kind in _KINDS:
        waiting = kind.objects.filter(lost).exclude(status__in=FINAL)
        if kind is Evaluation:
            waiting = waiting.exclude(Exists(_open_shards(OuterRef("pk"))))
        for row in waiting:
            _mark(kind, row.pk, lost)
            work_soon(row)
    for shard in _open_shards().filter(lost, evaluation__status=Status.RUNNING):
        _mark(EvaluationShard, shard.pk, lost)
        shard_soon(shard)


def _open_shards(evaluation: Any = None) -> "QuerySet[EvaluationShard]":
    shards = EvaluationShard.objects.filter(texts__isnull=True, attempts__lt=MOST_ATTEMPTS)
    return shards if evaluation is None else shards.filter(evaluation=evaluation)


def _mark(kind: Any, pk: Any, lost: Q) -> None:
    kind.objects.filter(lost, pk=pk).update(claimed_until=None, rung_at=timezone.now())
