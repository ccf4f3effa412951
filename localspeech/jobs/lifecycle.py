"""Taking a job, and ending it once."""

import errno
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

import structlog
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from localspeech import storage
from localspeech.engine.errors import EngineError
from localspeech.events import COMPLETION, PROCESSING, announce
from localspeech.models import Work
from localspeech.models.entity import FINAL, Status
from studio import claims

MOST_ATTEMPTS = 4
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
CANCELLED = "Canceled"
_CANCELLED = "It was stopped before it had finished."
_DISK_FULL = "The server's disk is full. Have its operator free some space, then start again."

log = structlog.get_logger(__name__)


def take(kind: type[Work], pk: str) -> Any | None:
    """The job, claimed and Running; None when another holds it or it has ended."""
    waiting = kind._default_manager.exclude(status__in=FINAL)
    if not claims.claim(waiting, pk, attempts=F("attempts") + 1):
        return None
    row = kind._default_manager.get(pk=pk)
    if row.status == Status.NOT_STARTED:
        _begin(row)
    return row


@transaction.atomic
def _begin(row: Work) -> None:
    fresh = type(row)._default_manager.filter(pk=row.pk, status=Status.NOT_STARTED)
    if fresh.update(status=Status.RUNNING, last_action=timezone.now()):
        row.refresh_from_db()
        announce(row, PROCESSING)


def work(row: Work, job: Callable[[Any], None]) -> None:
    """Do a claimed job; what the engine cannot do ends it as Failed, with the reason."""
    with claims.held(type(row), row.pk), failing(row):
        if row.attempts > MOST_ATTEMPTS:
            raise EngineError(
                "InternalServerError",
                f"The engine stopped {MOST_ATTEMPTS} times while working on it.",
            )
        job(row)
        type(row)._default_manager.filter(pk=row.pk).update(attempts=0)


@contextmanager
def failing(row: Work) -> Iterator[None]:
    """End the job as Failed, with the reason, when the body cannot do its work."""
    try:
        yield
    except EngineError as error:
        log.info("job_failed", kind=row._meta.model_name, pk=str(row.pk), code=error.code)
        end(row, Status.FAILED, error_code=error.code, error_message=error.message)
    except OSError as error:
        if error.errno not in _FULL:
            raise
        log.error("disk_full", kind=row._meta.model_name, pk=str(row.pk))
        end(row, Status.FAILED, error_code="InternalServerError", error_message=_DISK_FULL)


def succeed(row: Work, **results: Any) -> None:
    """End a job well. When it was cancelled meanwhile, the files that it made go."""
    if not end(row, Status.SUCCEEDED, **results) and _has_failed(row):
        storage.forget(row.pk)


def _has_failed(row: Work) -> bool:
    return type(row)._default_manager.filter(pk=row.pk, status=Status.FAILED).exists()


def cancel(row: Work) -> None:
    """End a job that nobody wants any more. Its worker stops after the piece in hand."""
    end(row, Status.FAILED, error_code=CANCELLED, error_message=_CANCELLED)
    row.refresh_from_db()


@transaction.atomic
def end(
    row: Work, status: Status, where: Mapping[str, Any] = MappingProxyType({}), **results: Any
) -> bool:
    """Give a job its final status, once; True when it was us.

    `where` names columns as the work found them: when they were changed meanwhile, the job
    stays unfinished, and the sweep has it done anew.
    """
    unfinished = type(row)._default_manager.filter(pk=row.pk, **where).exclude(status__in=FINAL)
    if unfinished.update(status=status, last_action=timezone.now(), **results) != 1:
        return False
    row.refresh_from_db()
    announce(row, COMPLETION)
    return True
