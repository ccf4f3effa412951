"""Celery tasks: an id in, one service call."""

from celery import shared_task

from training.services import analysing, catalogue, checking, outbox, polling


@shared_task(name="training.tasks.submit")
def submit(kind: str, pk: int) -> None:
    """Send one row to its service."""
    outbox.submit(kind, pk)


@shared_task(name="training.tasks.poll")
def poll(resource_pk: int) -> None:
    """Ask one resource what changed."""
    polling.poll(resource_pk)


@shared_task(name="training.tasks.sweep")
def sweep() -> None:
    """Ring for every row and resource that is due."""
    for kind, pk in polling.due_submissions():
        submit.delay(kind, pk)
    for resource_pk in polling.due_resources():
        poll.delay(resource_pk)
    for pk in checking.due():
        check.delay(pk)
    for pk in analysing.due():
        analyse.delay(pk)
    for resource_pk in catalogue.take_due():
        refresh_catalogue.delay(resource_pk)


@shared_task(name="training.tasks.check")
def check(pk: int) -> None:
    """Check a dataset's file before it is sent."""
    checking.check(pk)


@shared_task(name="training.tasks.analyse")
def analyse(pk: int) -> None:
    """Keep the utterances of a finished test and count them."""
    analysing.analyse(pk)


@shared_task(name="training.tasks.refresh_catalogue")
def refresh_catalogue(resource_pk: int) -> None:
    """Read the base models and locales of one resource."""
    catalogue.refresh(resource_pk)
