"""Connects objects that were made elsewhere with a project: at the service, and then here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from studio.celery import ring
from studio.crashpoints import crashpoint
from training.models import (
    CustomModel,
    Endpoint,
    Event,
    FoundObject,
    Project,
    RemoteObject,
    Resource,
    User,
)
from training.services import adoption, connection, datekeeping, events
from training.services.discovery import SORTS
from training.speechapi import types
from training.speechapi.client import SpeechClient
from training.speechapi.errors import NotFound, SpeechApiError

_ENTITIES = {sort.name: sort.entity for sort in SORTS}


@dataclass(frozen=True)
class Left:
    """What could not be connected, and why."""

    name: str
    reason: str


def in_order(rows: "QuerySet[FoundObject]") -> "QuerySet[FoundObject]":
    """Projects, then data, models, and what needs both, so that each finds what it names."""
    places = [When(kind=sort.name, then=Value(n)) for n, sort in enumerate(SORTS)]
    place = Case(*places, output_field=IntegerField())
    return rows.annotate(place=place).order_by("place", "created_at", "pk")


def count(resource: Resource, kind: str = "") -> int:
    """How many objects of a resource, or of one kind of it, are in no project here."""
    rows = resource.found_objects.all()
    return rows.filter(kind=kind).count() if kind else rows.count()


def projects_for(rows: Iterable[FoundObject]) -> "QuerySet[Project]":
    """Projects that objects of one resource and locale can be connected with."""
    listed = [row for row in rows if row.kind != FoundObject.Kind.PROJECT]
    places = {(row.resource_id, row.locale) for row in listed}
    if len(places) != 1:
        return Project.objects.none()
    resource, locale = places.pop()
    mine = Project.objects.filter(resource=resource, locale=locale).exclude(remote_self="")
    return mine.order_by("display_name")


def connect(rows: Sequence[FoundObject], project: Project | None, user: User) -> list[Left]:
    """Connect what can be; the answer is what could not be, with the reason.

    Projects are taken over as they are, and what lies in them follows. Safe to repeat: what the
    service connected although its answer was lost appears in its project at the next look.
    """
    left = [one for row in rows if (one := _connect(row, project, user)) is not None]
    look_soon(*{row.resource_id for row in rows})
    return left


def _connect(row: FoundObject, project: Project | None, user: User) -> Left | None:
    try:
        with connection.client(row.resource) as client:
            made = _taken(client, row, project, user)
    except adoption.Unknown as error:
        return Left(row.display_name, str(error))
    except NotFound:
        row.delete()
        return Left(row.display_name, _("It no longer exists on the service."))
    except SpeechApiError as error:
        return Left(row.display_name, error.message)
    events.record(Event.Verb.CONNECTED, made, user)
    return None


def _taken(
    client: SpeechClient, row: FoundObject, project: Project | None, user: User
) -> RemoteObject:
    remote = client.get(_ENTITIES[row.kind], row.remote_self)
    if isinstance(remote, types.Project):
        return adoption.project(remote, row.resource, user)
    if project is None:
        raise adoption.Unknown(_("Choose a project for it."))
    if (project.resource_id, project.locale) != (row.resource_id, remote.locale):
        raise adoption.Unknown(_("The project is on another resource, or has another locale."))
    adoption.check(remote, project)
    connected = client.update(type(remote), remote.self_link, project=project.remote_self)
    crashpoint("training.connect.patched")
    made: RemoteObject = adoption.adopt(connected, project, user)
    if isinstance(made, CustomModel | Endpoint):
        datekeeping.keep(made)
    return made


def look_soon(*resources: int) -> None:
    """Look through resources as soon as a worker can."""
    Resource.objects.filter(pk__in=resources).update(look_due_at=timezone.now())
    for pk in resources:
        ring("training.tasks.look", pk)
