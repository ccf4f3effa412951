"""Deleting datasets, models and tests, on the service and here; never what something still uses."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from training.enums import Role, Submission
from training.models import (
    CustomModel,
    Dataset,
    Endpoint,
    Evaluation,
    Event,
    RemoteObject,
    RenewalPlan,
    TestDraft,
    TrainingDraft,
    Upload,
    User,
)
from training.models.evaluation import evaluations_of
from training.permissions import may
from training.services import connection, events, uploads
from training.services.copying import pending
from training.speechapi.errors import NotFound, SpeechApiError

_MOST_NAMED = 10

log = structlog.get_logger(__name__)

KINDS: dict[str, type[RemoteObject]] = {
    "datasets": Dataset,
    "models": CustomModel,
    "tests": Evaluation,
    "endpoints": Endpoint,
}


@dataclass(frozen=True)
class Candidate:
    """A row that a person wants to delete; `obstacle` says why it cannot be, "" when it can.

    `users` are the first models, tests, drafts or endpoints that still use it.
    """

    row: Any
    obstacle: str
    users: tuple[Any, ...] = ()


def examine(rows: Iterable[Any], user: User) -> list[Candidate]:
    """Each row with what stands in the way."""
    return [_candidate(row, user) for row in rows]


def delete(rows: Iterable[Any], user: User) -> list[Candidate]:
    """Delete what can be deleted; the answer is what could not be, with the reason.

    Safe to repeat: what the service no longer has counts as deleted.
    """
    left = []
    for row in rows:
        found = _candidate(row, user)
        if not found.obstacle:
            found = Candidate(row, _delete(row, user))
        if found.obstacle:
            left.append(found)
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
        if isinstance(row, Dataset):
            transaction.on_commit(_forgetting(row))
        type(row)._default_manager.filter(pk=row.pk).delete()
    log.info("deleted", kind=row._meta.model_name, name=row.display_name)
    return ""


def _forgetting(row: Dataset) -> Callable[[], None]:
    upload = Upload.objects.filter(dataset=row).first()

    def forget() -> None:
        if row.file.name:
            row.file.storage.delete(row.file.name)
        if upload is not None:
            uploads.forget_blocks(upload)

    return forget


def belongs_to_another(row: Any, user: User) -> str:
    """What to say to a person who may not end or delete this row, "" to one who may."""
    if row.created_by_id in (None, user.pk) or may(user, row.project, Role.OWNER):
        return ""
    text = _("It is %(person)s's; they or an owner of the project can do that.")
    return text % {"person": row.created_by}


def _candidate(row: Any, user: User) -> Candidate:
    if foreign := belongs_to_another(row, user):
        return Candidate(row, foreign)
    if row.submission == Submission.SUBMITTING:
        return Candidate(row, _("It is still on its way to the service; try again in a moment."))
    if row.submission == Submission.CHECKING:
        return Candidate(row, _("It is being checked; try again in a moment."))
    users = tuple(one for rows in _users(row) for one in rows[:_MOST_NAMED])
    if not users:
        return Candidate(row, "")
    names = ", ".join(str(one) for one in users)
    return Candidate(row, _("Used by %(names)s. Delete those first.") % {"names": names}, users)


def _users(row: Any) -> "list[QuerySet[Any]]":
    """What still uses a row, by kind."""
    if isinstance(row, Dataset):
        drafts = TrainingDraft.objects.filter(submitted_at=None)
        mine = drafts.filter(Q(datasets=row) | Q(test_dataset=row)).distinct()
        tests = TestDraft.objects.filter(submitted_at=None, dataset=row)
        plans = RenewalPlan.objects.filter(test_dataset=row).select_related("model")
        return [row.models.all(), row.evaluations.all(), mine, tests, plans]
    if isinstance(row, CustomModel):
        underway = pending().filter(source=row).select_related("project")
        return [evaluations_of(row), row.endpoints.all(), underway]
    return []
