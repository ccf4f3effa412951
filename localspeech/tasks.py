"""Celery tasks: an id in, one job done. What needs the engine runs on the queue `engine`.

The engine is imported inside, so that a process that only rings stays small.
"""

from celery import shared_task

from localspeech.jobs import hooks, sweeping


@shared_task(name="localspeech.tasks.work")
def work(kind: str, pk: str) -> None:
    """Do one job of any kind, if it is free."""
    from localspeech.jobs import working

    working.work(kind, pk)


@shared_task(name="localspeech.tasks.recognise")
def recognise(shard: int) -> None:
    """Recognise one run of utterances, if it is free."""
    from localspeech.jobs import evaluating

    evaluating.recognise(shard)


@shared_task(name="localspeech.tasks.learn")
def learn(shard: int) -> None:
    """Learn from one run of recordings, if it is free."""
    from localspeech.jobs import pieces

    pieces.do(shard)


@shared_task(name="localspeech.tasks.challenge")
def challenge(pk: str) -> None:
    """Let a web hook prove itself. Runs on the queue `default`, like every call outside."""
    hooks.challenge(pk)


@shared_task(name="localspeech.tasks.deliver")
def deliver(pk: str) -> None:
    """Tell a web hook of one event."""
    hooks.deliver(pk)


@shared_task(name="localspeech.tasks.sweep")
def sweep() -> None:
    """Ring for work that nobody does."""
    sweeping.sweep()


@shared_task(name="localspeech.tasks.clear")
def clear() -> None:
    """Delete what has lived its time."""
    sweeping.clear()
