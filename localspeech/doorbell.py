"""Rings a worker for a job; the sweep finds it anyway if nobody hears."""

from localspeech.models import Delivery, EvaluationShard, Shard, WebHook, Work
from studio.celery import ring


def work_soon(row: Work) -> None:
    """Ask a worker to take the job once this transaction has committed."""
    task = "challenge" if isinstance(row, WebHook) else "work"
    arguments = () if isinstance(row, WebHook) else (row._meta.model_name,)
    ring(f"localspeech.tasks.{task}", *arguments, str(row.pk))


def shard_soon(shard: Shard) -> None:
    """Ask a worker to do one piece of an evaluation or a training."""
    task = "recognise" if isinstance(shard, EvaluationShard) else "learn"
    ring(f"localspeech.tasks.{task}", shard.pk)


def deliver_soon(delivery: Delivery) -> None:
    """Ask a worker to tell a web hook of an event."""
    ring("localspeech.tasks.deliver", str(delivery.pk))
