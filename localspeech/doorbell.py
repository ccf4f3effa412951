"""Rings a worker for a job; the sweep finds it anyway if nobody hears."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from localspeech.models import Delivery, EvaluationShard, Shard, WebHook, Work
from localspeech.models.entity import NOT_RUNG
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
    waiting = open_shards.filter(rung_at=NOT_RUNG)
    free = MOST_RUNG - open_shards.exclude(rung_at=NOT_RUNG).count()
    for shard in waiting.order_by("pk")[: max(free, 0)]:
        if waiting.filter(pk=shard.pk).update(rung_at=timezone.now()):
            shard_soon(shard)


def shard_soon(shard: Shard) -> None:
    """Ask a worker to do one piece of an evaluation or a training."""
    task = "recognise" if isinstance(shard, EvaluationShard) else "learn"
    ring(f"localspeech.tasks.{task}", shard.pk)


def deliver_soon(delivery: Delivery) -> None:
    """Ask a worker to tell a web hook of an event."""
    ring("localspeech.tasks.deliver", str(delivery.pk))
