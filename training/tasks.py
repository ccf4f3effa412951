"""Celery tasks: an id in, one service call."""

from celery import shared_task

from training.services import (
    analysing,
    catalogue,
    checking,
    describing,
    discovery,
    dispatching,
    outbox,
    polling,
    reminding,
    renewal,
    tidying,
    transfers,
)

_A_WHILE = 60


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
    for pk in renewal.due():
        renew.delay(pk)
    for pk in transfers.due():
        copy.delay(pk)
    for pk in dispatching.due():
        dispatch.apply_async((pk,), expires=_A_WHILE)
    for pk in describing.due():
        describe.delay(pk)
    for resource_pk in catalogue.take_due():
        refresh_catalogue.delay(resource_pk)
    for resource_pk in discovery.take_due():
        look.delay(resource_pk)


@shared_task(name="training.tasks.remind")
def remind() -> None:
    """Tell of last days that come nearer."""
    reminding.remind()


@shared_task(name="training.tasks.renew")
def renew(pk: int) -> None:
    """Take the next step of a renewal plan."""
    renewal.advance(pk)


@shared_task(name="training.tasks.copy")
def copy(pk: int) -> None:
    """Take the next steps of a model's copy."""
    transfers.advance(pk)


@shared_task(name="training.tasks.dispatch")
def dispatch(pk: int) -> None:
    """Send one message."""
    dispatching.send(pk)


@shared_task(name="training.tasks.tidy")
def tidy() -> None:
    """Forget what nobody comes back for."""
    tidying.tidy()


@shared_task(name="training.tasks.check")
def check(pk: int) -> None:
    """Check a dataset's file before it is sent."""
    checking.check(pk)


@shared_task(name="training.tasks.analyse")
def analyse(pk: int) -> None:
    """Keep the utterances of a finished test and count them."""
    analysing.analyse(pk)


@shared_task(name="training.tasks.describe")
def describe(pk: int) -> None:
    """Keep what the words of an imported dataset are."""
    describing.describe(pk)


@shared_task(name="training.tasks.refresh_catalogue")
def refresh_catalogue(resource_pk: int) -> None:
    """Read the base models and locales of one resource."""
    catalogue.refresh(resource_pk)


@shared_task(name="training.tasks.look")
def look(resource_pk: int) -> None:
    """Look through everything that one resource has."""
    discovery.look(resource_pk)
