"""The only writer of what a service says about our rows."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from training.enums import Status, Submission, TestingKind
from training.models import (
    BaseModel,
    CustomModel,
    Endpoint,
    Evaluation,
    Event,
    Project,
    RemoteObject,
)
from training.models.evaluation import evaluations_of
from training.services import datekeeping, events
from training.services.doorbell import submit_soon
from training.speechapi import types

GONE = "NotFound"
_DATED = {"status", "submission", "transcription_expires_at", "custom_model", "base_model"}


def submitted(row: RemoteObject, remote: types.Entity) -> None:
    """The service knows the row now."""
    _write(row, {"submission": Submission.SUBMITTED, "trouble": "", **seen(remote)})


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
    _write(row, {"trouble": "", **seen(remote)})


def redeployed(row: Endpoint, remote: types.Endpoint, model: CustomModel | BaseModel) -> None:
    """The service has taken another model for an endpoint."""
    custom = model if isinstance(model, CustomModel) else None
    base = model if isinstance(model, BaseModel) else None
    _write(row, {"custom_model": custom, "base_model": base, "trouble": "", **seen(remote)})


def vanished(row: RemoteObject) -> None:
    """The service no longer has the row's object."""
    message = _("It no longer exists on the service; somebody deleted it there.")
    _write(
        row,
        {"status": Status.FAILED, "error_code": GONE, "error_message": message},
    )


def renamed(row: RemoteObject, remote: types.Entity) -> None:
    """The service's present name and description, where somebody changed them there."""
    named = {"display_name": remote.display_name[:200]} if remote.display_name else {}
    _write(row, {**named, "description": remote.description})


def moved(row: RemoteObject, project: Project) -> None:
    """The service has the row's object in another project of ours."""
    _write(row, {"project": project})


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
        if isinstance(row, CustomModel | Endpoint) and changes.keys() & _DATED:
            datekeeping.keep(row)


def _ended(row: RemoteObject) -> None:
    verb = Event.Verb.FAILED if row.has_failed else Event.Verb.SUCCEEDED
    if row.error_code == GONE:
        verb = Event.Verb.VANISHED
    events.record(verb, row, text=row.error_message if row.has_failed else "")
    if isinstance(row, CustomModel):
        _release_tests(row)
    if isinstance(row, Evaluation):
        models = CustomModel.objects.filter(pk__in=[row.custom_model1_id, row.custom_model2_id])
        models.update(changed_at=timezone.now())


def seen(remote: types.Entity) -> dict[str, Any]:
    """A row's values by the service's present view."""
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
            figures: dict[str, Any] = {"results1": remote.results1, "results2": remote.results2}
            known = remote.testing_kind in TestingKind.values
            return figures | ({"testing_kind": remote.testing_kind} if known else {})
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
