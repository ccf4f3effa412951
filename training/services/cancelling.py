"""Ends a training or a test before it has finished, on a service that can: ours, not Azure's."""

import structlog
from django.utils.translation import gettext as _

from training.enums import Submission
from training.models import CustomModel, Evaluation, Event, User
from training.services import connection, events, removal, sync
from training.speechapi import types
from training.speechapi.errors import NotFound, SpeechApiError

Underway = CustomModel | Evaluation
STOPPED = "Canceled"
KINDS: dict[str, type[Underway]] = {"models": CustomModel, "tests": Evaluation}

log = structlog.get_logger(__name__)


def is_possible(row: Underway) -> bool:
    """Whether its service is at work on it and can be told to stop."""
    is_underway = row.submission == Submission.SUBMITTED and not row.is_final
    return is_underway and row.resource.is_local


def obstacle(row: Underway, user: User) -> str:
    """Why this person cannot cancel it, "" when they can."""
    if row.is_final:
        return _("It has ended already.")
    if row.submission != Submission.SUBMITTED:
        return _("The service does not have it yet; try again in a moment, or delete it.")
    if not is_possible(row):
        return _("Azure cannot stop it; it can be deleted when it has ended.")
    return removal.belongs_to_another(row, user)


def cancel(row: Underway, user: User) -> str:
    """Stop it; the answer is why it could not be, "" when it was.

    Safe to repeat: what has ended meanwhile stays as it ended.
    """
    if reason := obstacle(row, user):
        return reason
    kind = types.CustomModel if isinstance(row, CustomModel) else types.Evaluation
    try:
        with connection.client(row.resource) as client:
            remote = client.cancel(kind, row.remote_self)
    except NotFound:
        sync.vanished(row)
        return ""
    except SpeechApiError as error:
        return error.message
    is_stopped = remote.error_code == STOPPED
    if is_stopped:
        events.record(Event.Verb.CHANGED, row, user, text=_("Stopped"))
        log.info("cancelled", kind=row.kind_name, name=row.display_name)
    sync.updated(row, remote)
    return "" if is_stopped else _("It had ended before it could be stopped.")
