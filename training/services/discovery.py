"""Looks through everything that a resource has: one paged list for each kind.

What was made elsewhere gets a row: in its project where that is known here, else among what is
in no project. What was changed or deleted elsewhere is noticed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db.models import Count, Q
from django.utils import timezone

from studio.crashpoints import crashpoint
from training.enums import FINAL
from training.models import (
    CustomModel,
    Dataset,
    Endpoint,
    Evaluation,
    Event,
    FoundObject,
    Project,
    RemoteObject,
    Resource,
)
from training.services import adoption, connection, copying, datekeeping, sync
from training.services.couriers import CLOCK_SKEW, KEY_PROPERTY
from training.services.delays import after_failures
from training.speechapi import types
from training.speechapi.client import SpeechClient
from training.speechapi.errors import NotFound, SpeechApiError

_INTERVAL = timedelta(minutes=10)
_MOST_ASKED = 50

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Sort:
    """A kind of object: its row, its list, its dataclass, and the way from a row to a resource."""

    row: type[RemoteObject]
    listing: str
    entity: type[types.Entity]
    path: str = "project__resource"

    @property
    def name(self) -> str:
        """The word for it."""
        return str(self.row._meta.model_name)

    def rows(self, resource: Resource) -> Any:
        """Rows of ours that the resource should have."""
        return self.row._default_manager.filter(**{self.path: resource})


SORTS = (
    Sort(Project, "projects", types.Project, "resource"),
    Sort(Dataset, "datasets", types.Dataset),
    Sort(CustomModel, "models", types.CustomModel),
    Sort(Evaluation, "evaluations", types.Evaluation),
    Sort(Endpoint, "endpoints", types.Endpoint),
)
_MODELS = SORTS[2]


def take_due() -> list[int]:
    """Resources that should be looked through now; each is given out once a while."""
    now = timezone.now()
    ready = Resource.objects.filter(Q(look_due_at=None) | Q(look_due_at__lte=now))
    return [
        pk
        for pk in ready.values_list("pk", flat=True)
        if ready.filter(pk=pk).update(look_due_at=now + _INTERVAL)
    ]


def look(resource_pk: int) -> None:
    """Look through one resource; a failure is tried again later."""
    resource = Resource.objects.get(pk=resource_pk)
    try:
        with connection.client(resource) as client:
            Look(resource, client).do()
    except SpeechApiError as error:
        wait = after_failures(resource.failures + 1, error.retry_after)
        Resource.objects.filter(pk=resource_pk).update(look_due_at=timezone.now() + wait)
        log.warning("look_failed", resource=resource_pk, reason=error.message)
        return
    now = timezone.now()
    Resource.objects.filter(pk=resource_pk).update(looked_at=now, look_due_at=now + _INTERVAL)


@dataclass
class Look:
    """One look. What was known before the lists were read, and is in none of them, is gone."""

    resource: Resource
    client: SpeechClient
    began: datetime = field(default_factory=timezone.now)

    def do(self) -> None:
        """Compare everything; nothing is written before every list was read."""
        before = {sort: self._known(sort).keys() for sort in SORTS}
        listed = {sort: self._listed(sort) for sort in SORTS}
        crashpoint("training.look.listed")
        for sort in SORTS:
            self._compare(sort, listed[sort], before[sort])
        self._complete({one.id: one for one in listed[_MODELS]})
        self._forget({one.id for remotes in listed.values() for one in remotes})
        datekeeping.refresh()

    def _listed(self, sort: Sort) -> list[Any]:
        """A service may page an object twice while others come and go."""
        remotes = getattr(self.client, sort.listing)()
        return list({one.id: one for one in remotes}.values())

    def _known(self, sort: Sort) -> dict[str, tuple[int, Any]]:
        rows = sort.rows(self.resource).exclude(remote_self="").order_by()
        found = rows.values_list("remote_self", "pk", "raw")
        return {types.last_segment(link): (pk, raw) for link, pk, raw in found}

    def _kept(self, sort: Sort) -> dict[str, Any]:
        rows = FoundObject.objects.filter(resource=self.resource, kind=sort.name, obstacle="")
        found = rows.order_by().values_list("remote_self", "raw")
        return {types.last_segment(link): raw for link, raw in found}

    def _compare(self, sort: Sort, remotes: list[Any], before: Any) -> None:
        known = self._known(sort)
        kept = self._kept(sort)
        projects = {one.remote_id: one for one in Project.objects.filter(resource=self.resource)}
        ours = _Ours(sort, self.resource, self.began)
        for remote in remotes:
            pk, raw = known.get(remote.id, (0, None))
            if pk and raw != remote.raw:
                _follow(sort, pk, remote)
            elif not pk and not ours.made(remote):
                project = projects.get(types.last_segment(getattr(remote, "project", "")))
                if project is not None or kept.get(remote.id) != remote.raw:
                    _take(sort, self.resource, remote, project)
        listed = {one.id for one in remotes}
        gone = [known[key][0] for key in before if key in known and key not in listed]
        for row in sort.row._default_manager.filter(pk__in=gone).exclude(error_code=sync.GONE)[
            :_MOST_ASKED
        ]:
            if self._is_gone(sort.entity, row.remote_self):
                sync.vanished(row)

    def _complete(self, remotes: dict[str, types.CustomModel]) -> None:
        """Data and base models that were not known when a model of theirs was."""
        rows = CustomModel.objects.filter(project__resource=self.resource)
        for row in rows.annotate(known=Count("datasets")).defer("raw"):
            remote = remotes.get(row.remote_id)
            if remote is None:
                continue
            lacks_base = remote.base_model and row.base_model_id is None
            if lacks_base or row.known < len(set(remote.datasets)):
                adoption.complete(row, remote)

    def _forget(self, listed: set[str]) -> None:
        kinds = {sort.name: sort.entity for sort in SORTS}
        mine = FoundObject.objects.filter(resource=self.resource)
        missing = [row for row in mine.defer("raw") if row.remote_id not in listed]
        for row in missing[:_MOST_ASKED]:
            if self._is_gone(kinds[row.kind], row.remote_self):
                row.delete()

    def _is_gone(self, entity: type[types.Entity], link: str) -> bool:
        """Asked for by itself: a list may skip what moves up a page while something is deleted."""
        try:
            self.client.get(entity, link)
        except NotFound:
            return True
        return False


class _Ours:
    """What looks new, but is on its way by our own doing."""

    def __init__(self, sort: Sort, resource: Resource, began: datetime) -> None:
        unsent = sort.rows(resource).filter(remote_self="")
        keys = unsent.order_by().values_list("submission_key", flat=True)
        self._keys = {str(key) for key in keys}
        deleted = Event.objects.filter(
            verb=Event.Verb.DELETED, kind=sort.name, at__gte=began - timedelta(minutes=1)
        )
        self._deleted = set(deleted.values_list("name", flat=True))
        is_model = sort.row is CustomModel
        self._copies = list(_copies_to(resource)) if is_model else []

    def made(self, remote: types.Entity) -> bool:
        """Being submitted, being deleted, or being copied here."""
        if remote.custom_properties.get(KEY_PROPERTY) in self._keys:
            return True
        return remote.display_name in self._deleted or any(
            remote.display_name == name and (remote.created is None or remote.created >= since)
            for name, since in self._copies
        )


def _copies_to(resource: Resource) -> Iterator[tuple[str, datetime]]:
    """Names of models that are being copied to a resource, and since when."""
    rows = copying.pending().filter(project__resource=resource)
    for name, own, began, asked in rows.values_list(
        "source_name", "display_name", "began_at", "created_at"
    ):
        since = (began or asked) - CLOCK_SKEW
        yield name, since
        yield own, since


def _take(sort: Sort, resource: Resource, remote: Any, project: Project | None) -> None:
    """A row for what is new: in its project, or among what is in none."""
    obstacle = ""
    if project is not None:
        try:
            adoption.adopt(remote, project)
        except adoption.Unknown as error:
            obstacle = str(error)
        else:
            return
    keep_found(sort.name, resource, remote, obstacle)


def _project(resource: Resource, link: str) -> Project | None:
    found: Project | None = adoption.by_link(Project.objects.filter(resource=resource), link)
    return found


def keep_found(kind: str, resource: Resource, remote: Any, obstacle: str = "") -> None:
    """Keep an object that is in no project here, as the service shows it now."""
    values = {
        "kind": kind,
        "display_name": remote.display_name[:200] or remote.id,
        "description": remote.description,
        "locale": remote.locale,
        "status": remote.status,
        "error_code": remote.error_code[:100],
        "error_message": remote.error_message,
        "project_link": getattr(remote, "project", ""),
        "obstacle": obstacle,
        "transcription_expires_at": getattr(remote, "transcription_ends", None),
        "raw": dict(remote.raw),
    }
    row, made = FoundObject.objects.get_or_create(
        resource=resource,
        remote_self=remote.self_link,
        defaults={**values, "created_at": remote.created or timezone.now()},
    )
    if not made and any(getattr(row, name) != value for name, value in values.items()):
        FoundObject.objects.filter(pk=row.pk).update(**values, changed_at=timezone.now())


def _follow(sort: Sort, pk: int, remote: Any) -> None:
    """Take over what was changed elsewhere; what is older than what we have is left aside."""
    row: Any = sort.row._default_manager.filter(pk=pk).first()
    if row is None:
        return
    is_older = row.last_action_at and remote.last_action and remote.last_action < row.last_action_at
    is_back = row.error_code == sync.GONE
    # Unfinished rows are the poll's: a list that was read before it would take their status back.
    if is_older or not (is_back or row.status == remote.status):
        return
    if row.status not in FINAL and sort.row is not Project and not is_back:
        return
    if isinstance(row, Endpoint):
        _follow_model(row, remote)
    sync.updated(row, remote)
    sync.renamed(row, remote)
    if sort.row is not Project and remote.project:
        _follow_project(row, remote)


def _follow_model(row: Endpoint, remote: types.Endpoint) -> None:
    if row.model is None or row.model.remote_id != types.last_segment(remote.model):
        other = adoption.custom_or_base(row.project, remote.model)
        if other is not None:
            sync.redeployed(row, remote, other)


def _follow_project(row: Any, remote: Any) -> None:
    project = _project(row.resource, remote.project)
    if project is not None and project.pk != row.project_id:
        sync.moved(row, project)
