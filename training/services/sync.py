"""The only writer of what a service says about our rows."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from training.enums import Status, Submission
from training.models import BaseModel, CustomModel, Endpoint, Evaluation, Event, RemoteObject
from training.models.evaluation import evaluations_of
from training.services import events
from training.services.doorbell import submit_soon
from training.speechapi import types


def submitted(row: RemoteObject, remote: types.Entity) -> None:
    """The service knows the row now."""
    _write(row, {"submission": Submission.SUBMITTED, "trouble": "", **_seen(remote)})


def refused(row: RemoteObject, code: str, message: str) -> None:
    """The service will never take the row."""
    _write(
        row,
        {
            "submission": Submission.REFUSED,
            "error_code": code[:100],
            "error_message": message,
            "trouble": "",
        },
    )


def updated(row: RemoteObject, remote: types.Entity) -> None:
    """The service's present view of a submitted row."""
    _write(row, {"trouble": "", **_seen(remote)})


def redeployed(row: Endpoint, remote: types.Endpoint, model: CustomModel | BaseModel) -> None:
    """The service has taken another model for an endpoint."""
    custom = model if isinstance(model, CustomModel) else None
    base = model if isinstance(model, BaseModel) else None
    _write(row, {"custom_model": custom, "base_model": base, "trouble": "", **_seen(remote)})


def vanished(row: RemoteObject) -> None:
    """The service no longer has the row's object."""
    message = _("It no longer exists on the service; somebody deleted it there.")
    _write(
        row,
        {"status": Status.FAILED, "error_code": "NotFound", "error_message": message},
    )


def _write(row: RemoteObject, wanted: dict[str, Any]) -> None:
    changes = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    if not changes:
        return
    with transaction.atomic():
        type(row)._default_manager.filter(pk=row.pk).update(**changes, changed_at=timezone.now())
        for name, value in changes.items():
            setattr(row, name, value)
        if row.is_final and {"status", "submission"} & changes.keys():
            _ended(row)


def _ended(row: RemoteObject) -> None:
    verb = Event.Verb.FAILED if row.has_failed else Event.Verb.SUCCEEDED
    events.record(verb, row, text=row.error_message if row.has_failed else "")
    if isinstance(row, CustomModel):
        _release_tests(row)
    if isinstance(row, Evaluation):
        models = CustomModel.objects.filter(pk__in=[row.custom_model1_id, row.custom_model2_id])
        models.update(changed_at=timezone.now())


def _seen(remote: types.Entity) -> dict[str, Any]:
    return {
        "remote_self": remote.self_link,
        "status": remote.status,
        "error_code": remote.error_code[:100],
        "error_message": remote.error_message,
        "last_action_at": remote.last_action or remote.created,
        "raw": dict(remote.raw),
        **_own(remote),
    }


def _own(remote: types.Entity) -> dict[str, Any]:
    match remote:
        case types.Dataset():
            return {
                "accepted_line_count": remote.accepted_line_count,
                "rejected_line_count": remote.rejected_line_count,
                "duration": remote.duration,
            }
        case types.CustomModel():
            found: dict[str, Any] = {"transcription_expires_at": remote.transcription_ends}
            if remote.weight_percent is not None:
                found["weight_percent"] = remote.weight_percent
            return found
        case types.Evaluation():
            return {"results1": remote.results1, "results2": remote.results2}
        case types.Endpoint() if remote.logging_enabled is not None:
            return {"logging_enabled": remote.logging_enabled}
    return {}


def _release_tests(model: CustomModel) -> None:
    for test in evaluations_of(model).filter(submission=Submission.WAITING):
        if model.has_failed:
            refused(test, "FailedModel", _("The model under test could not be trained."))
        elif all(not isinstance(m, CustomModel) or m.succeeded for m in (test.model1, test.model2)):
            _write(test, {"submission": Submission.SUBMITTING, "due_at": timezone.now()})
            submit_soon(test)
