"""Sends our rows to the service, each exactly once.

A claimed row is looked up on the service by its submission key whenever an earlier
attempt may have reached it; only then is it posted.
"""

from datetime import timedelta
from typing import Any

import structlog
from django.db.models import QuerySet
from django.utils import timezone

from studio import claims
from studio.crashpoints import crashpoint
from training.enums import Submission
from training.models import (
    CustomModel,
    Dataset,
    Endpoint,
    Evaluation,
    Project,
    RemoteObject,
    Resource,
)
from training.services import connection, sync
from training.services.couriers import COURIERS, NotYet
from training.services.delays import after_failures
from training.speechapi.errors import Refused, SpeechApiError

log = structlog.get_logger(__name__)

KINDS: dict[str, type[RemoteObject]] = {
    "project": Project,
    "dataset": Dataset,
    "custommodel": CustomModel,
    "evaluation": Evaluation,
    "endpoint": Endpoint,
}


def due(kind: str) -> "QuerySet[Any]":
    """Rows of a kind that wait for submission and that nobody holds."""
    return claims.due(KINDS[kind]._default_manager.filter(submission=Submission.SUBMITTING))


def submit(kind: str, pk: int) -> None:
    """Submit one row if it is due and free; otherwise do nothing."""
    model = KINDS[kind]
    waiting = model._default_manager.filter(submission=Submission.SUBMITTING)
    if not claims.claim_due(waiting, pk):
        return
    crashpoint("training.submit.claimed")
    with claims.held(model, pk):
        row: Any = model._default_manager.get(pk=pk)
        try:
            _deliver(kind, row)
        except NotYet as reason:
            _postpone(row, str(reason), timedelta(seconds=2), count=False)
        except Refused as error:
            _refuse(row, error)
        except SpeechApiError as error:
            wait = after_failures(row.attempts, error.retry_after)
            _postpone(row, error.message, wait)
        except Exception:
            _postpone(row, "", after_failures(row.attempts))
            raise


def _deliver(kind: str, row: Any) -> None:
    courier = COURIERS[kind]
    courier.check_ready(row)
    with connection.client(row.resource) as client:
        remote = courier.find(client, row) if row.attempts > 1 else None
        if remote is None:
            crashpoint("training.submit.before_post")
            remote = courier.post(client, row)
            crashpoint("training.submit.after_post")
    sync.submitted(row, remote)
    Resource.objects.filter(pk=row.resource.pk, failures=0).update(poll_due_at=None)
    crashpoint("training.submit.recorded")


def _postpone(row: Any, trouble: str, wait: timedelta, count: bool = True) -> None:
    changes: dict[str, Any] = {"due_at": timezone.now() + wait}
    if not count:
        changes["attempts"] = row.attempts - 1
    if trouble != row.trouble:
        changes |= {"trouble": trouble, "changed_at": timezone.now()}
    type(row)._default_manager.filter(pk=row.pk).update(**changes)
    log.info("submission_postponed", kind=row._meta.model_name, pk=row.pk, reason=trouble)


def _refuse(row: Any, error: Refused) -> None:
    log.info("submission_refused", kind=row._meta.model_name, pk=row.pk, code=error.code)
    sync.refused(row, error.code, error.message)
