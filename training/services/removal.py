"""Deleting datasets, models and tests, on the service and here; never what something still uses."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from training.enums import Submission
from training.models import CustomModel, Dataset, Endpoint, Evaluation, Event, RemoteObject, User
from training.models.evaluation import evaluations_of
from training.services import connection, events
from training.speechapi.errors import NotFound, SpeechApiError

log = structlog.get_logger(__name__)

KINDS: dict[str, type[RemoteObject]] = {
    "datasets": Dataset,
    "models": CustomModel,
    "tests": Evaluation,
    "endpoints": Endpoint,
}


@dataclass(frozen=True)
class Candidate:
    """A row that a person wants to delete; `obstacle` says why it cannot be, "" when it can."""

    row: Any
    obstacle: str


def examine(rows: Iterable[Any]) -> list[Candidate]:
    """Each row with what stands in the way."""
    return [Candidate(row, _obstacle(row)) for row in rows]


def delete(rows: Iterable[Any], user: User) -> list[Candidate]:
    """Delete what can be deleted; the answer is what could not be, with the reason.

    Safe to repeat: what the service no longer has counts as deleted.
    """
    left = []
    for row in rows:
        obstacle = _obstacle(row) or _delete(row, user)
        if obstacle:
            left.append(Candidate(row, obstacle))
    return left


def _delete(row: Any, user: User) -> str:
    if row.remote_self:
        try:
            with connection.client(row.resource) as client:
                client.delete(row.remote_self)
        except NotFound:
            pass
        except SpeechApiError as error:
            return error.message
    with transaction.atomic():
        events.record(Event.Verb.DELETED, row, user)
        if row.file if isinstance(row, Dataset) else False:
            transaction.on_commit(lambda: row.file.storage.delete(row.file.name))
        type(row)._default_manager.filter(pk=row.pk).delete()
    log.info("deleted", kind=row._meta.model_name, name=row.display_name)
    return ""


def _obstacle(row: Any) -> str:
    if row.submission == Submission.SUBMITTING:
        return _("It is still on its way to the service; try again in a moment.")
    if row.submission == Submission.CHECKING:
        return _("It is being checked; try again in a moment.")
    users = [str(one) for one in _users(row)]
    if users:
        return _("Used by %(names)s. Delete those first.") % {"names": ", ".join(users[:5])}
    return ""


def _users(row: Any) -> Iterable[Any]:
    if isinstance(row, Dataset):
        yield from row.models.all()[:5]
        yield from row.evaluations.all()[:5]
    if isinstance(row, CustomModel):
        yield from evaluations_of(row)[:5]
        yield from row.endpoints.all()[:5]
