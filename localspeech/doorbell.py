"""Rings a worker for a job; the sweep finds it anyway if nobody hears."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from localspeech.models import Delivery, EvaluationShard, Shard, WebHook, Work
from studio.celery import ring

MOST_RUNG = 32


def work_soon(row: Work) -> None:
    """Ask a worker to take the job once this transaction has committed."""
    task = "challenge" if isinstance(row, WebHook) else "work"
    arguments = () if isinstance(row, WebHook) else (row._meta.model_name,)
    ring(f"localspeech.tasks.{task}", *arguments, str(row.pk))


def shards_soon(open_shards: "QuerySet[Any]") -> None:
    """Ask workers to do a job's next pieces, so that MOST_RUNG of them wait or are being done.

    The rest is rung for as those end: a job of thousands must not stand before all that come
    after it. Call it whenever one has ended.
    """
    now = timezone.now()
    free = MOST_RUNG - open_shards.filter(rung_at__lte=now).count()
    for shard in open_shards.filter(rung_at__gt=now).order_by("pk")[: max(free, 0)]:
        if open_shards.filter(pk=shard.pk, rung_at__gt=now).update(rung_at=now):
            shard_soon(shard)


def shard_soon(shard: Shard) -> None:
    """Ask a worker to do one piece of an evaluation or a training."""
    task = "recognise" if isinstance(shard, EvaluationShard) else "learn"
    ring(f"localspeech.tasks.{task}", shard.pk)


def deliver_soon(delivery: Delivery) -> None:
    """Ask a worker to tell a web hook of an event."""
    ring("localspeech.tasks.deliver", str(delivery.pk))
