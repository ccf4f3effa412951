"""Takes copies of models step by step from one resource to another, each step safe to repeat.

The target's permission is kept before the source is asked to use it, and the same permission
again gives the same copy. Where a service refuses it the second time, the new model is looked
for at the target before anything is asked for again.
"""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from studio import claims
from studio.crashpoints import crashpoint
from training.enums import Status
from training.models import CustomModel, Event, ModelCopy, Resource
from training.services import adoption, connection, copying, datekeeping, events
from training.services.couriers import CLOCK_SKEW, KEY_PROPERTY
from training.services.delays import after_failures, until_next_poll
from training.speechapi import types
from training.speechapi.client import SpeechClient, created_since
from training.speechapi.errors import NotFound, Refused, SpeechApiError, Unauthorized

State = ModelCopy.State
_AT_ONCE = 50
_SOON, _NOW = timedelta(seconds=2), timedelta()
_MOST_PERMISSIONS = 5
_MOST_PROPERTIES = 10
_AZURE_HOSTS = (".microsoft.com", ".microsoft.us", ".azure.com", ".azure.us", ".azure.cn")

log = structlog.get_logger(__name__)


class Ended(Exception):
    """The copy will never be there; code and reason."""

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.message, self.code = message, code


def due() -> list[int]:
    """Copies that may go on and that nobody holds."""
    return list(claims.due(copying.pending()).values_list("pk", flat=True)[:_AT_ONCE])


def advance(pk: int) -> None:
    """Take the copy's next steps, if it is free and its time has come."""
    if not claims.claim_due(copying.pending(), pk):
        return
    with claims.held(ModelCopy, pk):
        row = _row(pk)
        crashpoint("training.copy.claimed")
        try:
            _postpone(row, _steps(row), "")
        except Ended as end:
            _fail(row, end.code, end.message)
        except Refused as error:
            _fail(row, error.code, error.message)
        except SpeechApiError as error:
            _postpone(row, after_failures(row.attempts, error.retry_after), error.message)
        except Exception:
            _postpone(row, after_failures(row.attempts), row.trouble)
            raise


def _row(pk: int) -> ModelCopy:
    rows = ModelCopy.objects.select_related(
        "source__project__resource", "source_resource", "project__resource", "requested_by"
    )
    return rows.get(pk=pk)


def _steps(row: ModelCopy) -> timedelta:
    """Go on as far as it goes now; the answer is how long to wait."""
    wait = _NOW
    while not wait and not row.is_final:
        wait = _STEPS[State(row.state)](row)
    return wait


def _postpone(row: ModelCopy, wait: timedelta, trouble: str) -> None:
    changes: dict[str, Any] = {"due_at": timezone.now() + wait}
    if trouble != row.trouble:
        changes |= {"trouble": trouble, "changed_at": timezone.now()}
    ModelCopy.objects.filter(pk=row.pk).update(**changes)


def _move(row: ModelCopy, state: State, **more: Any) -> None:
    changes = {"state": state, "attempts": 0, "changed_at": timezone.now(), **more}
    ModelCopy.objects.filter(pk=row.pk).update(**changes)
    for name, value in changes.items():
        setattr(row, name, value)


def _begin(row: ModelCopy) -> timedelta:
    if row.project.has_failed:
        raise Ended(_("The project could not be created: %(why)s")
                    % {"why": row.project.error_message})  # fmt: skip
    if not row.project.is_ready:
        return _SOON
    if row.source is None:
        raise Ended(_("The model was deleted before it could be copied."), "NotFound")
    is_new = not row.authorization
    if is_new and not _permit(row, row.source):
        return _NOW
    crashpoint("training.copy.before_post")
    try:
        operation = _order(row, row.source)
    except Refused as error:
        return _refused(row, error, may_be_there=not is_new)
    crashpoint("training.copy.after_post")
    _move(row, State.COPYING, operation=operation.self_link)
    return _NOW


def _permit(row: ModelCopy, source: CustomModel) -> bool:
    """Keep the target's permission. False: it gives none, and its key has done instead."""
    try:
        source_id = _service_id(row.source_resource)
        with connection.client(row.project.resource) as target:
            permission = target.authorize_copy(source_id)
    except NotFound:
        if not _may_see_key(row):
            raise
        _copy_by_key(row, source)
        return False
    row.authorization, row.began_at = dict(permission.raw), timezone.now()
    ModelCopy.objects.filter(pk=row.pk).update(
        authorization=row.authorization, began_at=row.began_at
    )
    crashpoint("training.copy.permitted")
    return True


def _may_see_key(row: ModelCopy) -> bool:
    """Whether both ends are Azure's own hosts: the target's key is told to nobody else."""
    ends = (row.source_resource, row.project.resource)
    hosts = [urlsplit(one.address) for one in ends]
    return all(
        one.scheme == "https" and (one.hostname or "").endswith(_AZURE_HOSTS) for one in hosts
    )


def _copy_by_key(row: ModelCopy, source: CustomModel) -> None:
    """The older way. It has no permission to repeat, so the model is looked for first."""
    if row.began_at is not None and _found(row):
        return
    row.began_at = timezone.now()
    ModelCopy.objects.filter(pk=row.pk).update(began_at=row.began_at)
    with connection.client(row.source_resource) as client:
        made = client.copy_model_by_key(_remote(source), row.project.resource.key)
    _move(row, State.CONNECTING, copied_self=made.self_link)


def _service_id(resource: Resource) -> str:
    """The resource's whole ID: what is kept, or what the service says, which is kept then."""
    if resource.service_id:
        return resource.service_id
    try:
        with connection.client(resource) as client:
            found = client.own_resource_id()
    except (NotFound, Unauthorized):
        raise
    except Refused:
        found = ""
    if not found:
        text = _(
            "The service does not tell the ID of the resource %(name)s. An administrator can enter "
            "it under Resources."
        )
        raise Ended(text % {"name": resource}, "InvalidSourceAzureResourceId")
    Resource.objects.filter(pk=resource.pk, service_id="").update(service_id=found)
    return found


def _order(row: ModelCopy, source: CustomModel) -> types.Operation:
    with connection.client(row.source_resource) as client:
        return client.copy_model(_remote(source), types.CopyAuthorization.parse(row.authorization))


def _remote(source: CustomModel) -> types.CustomModel:
    return types.CustomModel.parse({**source.raw, "self": source.remote_self})


def _refused(row: ModelCopy, error: Refused, may_be_there: bool) -> timedelta:
    """A permission that ran out is asked for anew; one that was used up has made a model."""
    if may_be_there and _found(row):
        return _NOW
    if error.code == "ModelCopyAuthorizationExpired" and row.attempts < _MOST_PERMISSIONS:
        ModelCopy.objects.filter(pk=row.pk).update(authorization={})
        return _SOON
    raise error


def _follow(row: ModelCopy) -> timedelta:
    with connection.client(row.source_resource) as client:
        try:
            operation = client.copy_operation(row.operation)
        except NotFound:
            if _found(row):
                return _NOW
            raise Ended(_("The service no longer knows of the copy."), "NotFound") from None
        pause = client.wished_pause
    if operation.status == Status.FAILED:
        reason = operation.error_message or _("The service gave no reason.")
        raise Ended(reason, operation.error_code)
    if operation.status != Status.SUCCEEDED:
        return until_next_poll(timezone.now() - (row.began_at or row.created_at), pause)
    _move(row, State.CONNECTING, copied_self=operation.result)
    return _NOW


def _found(row: ModelCopy) -> bool:
    """Look at the target for the model that this copy made, and go on with it when it is there."""
    with connection.client(row.project.resource) as client:
        since = created_since((row.began_at or row.created_at) - CLOCK_SKEW)
        mine = [
            one.self_link
            for one in client.models(since)
            if (one.display_name, one.locale) == (row.source_name, row.project.locale)
        ]
    for link in mine:
        others = ModelCopy.objects.exclude(pk=row.pk).filter(copied_self=link)
        known = CustomModel.objects.filter(project__resource=row.project.resource, remote_self=link)
        if not others.exists() and not known.exists():
            _move(row, State.CONNECTING, copied_self=link)
            return True
    return False


def _connect(row: ModelCopy) -> timedelta:
    with connection.client(row.project.resource) as client:
        try:
            remote = _connected(client, row)
        except NotFound:
            ModelCopy.objects.filter(pk=row.pk).update(copied_self="")
            text = _("The copy was deleted at its target before it could be connected.")
            raise Ended(text, "NotFound") from None
    crashpoint("training.copy.before_commit")
    _finish(row, remote)
    return _NOW


@transaction.atomic
def _finish(row: ModelCopy, remote: types.CustomModel) -> None:
    made = adoption.model(remote, row.project, row.submission_key, row.requested_by)
    datekeeping.keep(made)
    _move(row, State.SUCCEEDED, result=made, authorization={}, trouble="")
    if row.source is not None:
        CustomModel.objects.filter(pk=row.source.pk).update(changed_at=timezone.now())
    text = _("A copy of %(model)s from resource %(resource)s.")
    values = {"model": row.source_name, "resource": row.source_resource}
    events.record(Event.Verb.COPIED, made, text=text % values, concerns=row.requested_by_id)
    Resource.objects.filter(pk=row.project.resource.pk, failures=0).update(poll_due_at=None)


@transaction.atomic
def _fail(row: ModelCopy, code: str, message: str) -> None:
    _move(row, State.FAILED, error_code=code[:100], error_message=message, trouble="")
    log.info("copy_failed", pk=row.pk, code=code, reason=message)
    if row.source is not None:
        events.record(Event.Verb.NOT_COPIED, row.source, text=message, concerns=row.requested_by_id)


def _connected(client: SpeechClient, row: ModelCopy) -> types.CustomModel:
    """The new model in its project, by its name, with our key in place of its source's."""
    remote = client.copied_model(row.copied_self)
    own = {**remote.custom_properties, KEY_PROPERTY: str(row.submission_key)}
    changes: dict[str, Any] = {"project": row.project.remote_self}
    if len(own) <= _MOST_PROPERTIES:
        changes["custom_properties"] = own
    if remote.display_name != row.display_name:
        changes["display_name"] = row.display_name
    return client.update(types.CustomModel, remote.self_link, **changes)


_STEPS = {State.QUEUED: _begin, State.COPYING: _follow, State.CONNECTING: _connect}
