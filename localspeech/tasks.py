"""Celery tasks on the queue `engine`: an id in, one job done.

The engine is imported inside, so that a process that only rings stays small.
"""

from celery import shared_task

from localspeech.jobs import sweeping


@shared_task(name="localspeech.tasks.work")
def work(kind: str, pk: str) -> None:
    """Do one import, training or evaluation, if it is free."""
    from localspeech.jobs import working

    working.work(kind, pk)


@shared_task(name="localspeech.tasks.recognise")
def recognise(shard: int) -> None:
    """Recognise one run of utterances, if it is free."""
    from localspeech.jobs import evaluating

    evaluating.recognise(shard)


@shared_task(name="localspeech.tasks.sweep")
def sweep() -> None:
    """Ring for work that nobody does."""
    sweeping.sweep()
