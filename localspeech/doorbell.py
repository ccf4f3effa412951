"""Rings an engine worker for a job; the sweep finds it anyway if nobody hears."""

from localspeech.models import EvaluationShard, Job
from studio.celery import ring


def work_soon(row: Job) -> None:
    """Ask a worker to take the job once this transaction has committed."""
    ring("localspeech.tasks.work", row._meta.model_name, str(row.pk))


def shard_soon(shard: EvaluationShard) -> None:
    """Ask a worker to recognise a run of utterances."""
    ring("localspeech.tasks.recognise", shard.pk)
