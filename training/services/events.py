"""Writes and reads what happened."""

from typing import Any

from django.core.cache import cache
from django.db.models import Q, QuerySet
from django.utils import timezone

from training.models import Deadline, Event, Project, RemoteObject, User
from training.permissions import is_administrator, projects_of
from training.services import notifying

_NEWS = (*notifying.RESULTS, *notifying.DEADLINES)
_MOST_NOTICES = 99
_COUNT_SECONDS = 5


def record(
    verb: Event.Verb,
    row: RemoteObject,
    person: User | None = None,
    text: str = "",
    concerns: int | None = None,
) -> None:
    """Write down one thing, in the caller's transaction.

    `concerns` is the key of the person whose matter it is; else the row's owner.
    """
    project: Any = row if isinstance(row, Project) else getattr(row, "project", None)
    event = Event.objects.create(
        verb=verb,
        person=person,
        project=None if verb == Event.Verb.DELETED and project is row else project,
        kind=row._meta.model_name or "",
        object_id=row.pk,
        name=row.display_name,
        text=text,
    )
    notifying.plan(event, concerns or row.created_by_id)


def record_deadline(
    verb: Event.Verb, row: Deadline, person: User | None = None, text: str = ""
) -> Event:
    """Write down what was said of a deadline, or that it comes nearer."""
    subject: Any = row.subject
    event = Event.objects.create(
        verb=verb,
        person=person,
        project=getattr(subject, "project", None),
        kind=subject._meta.model_name,
        object_id=subject.pk,
        name=subject.display_name,
        text=text,
    )
    notifying.plan(event, getattr(subject, "created_by_id", None), _projects_on(row))
    return event


def _projects_on(row: Deadline) -> list[int]:
    """Projects that train from a base model, or could."""
    if row.base_model is None:
        return []
    mine = Project.objects.filter(resource=row.resource_id, locale=row.base_model.locale)
    return list(mine.values_list("pk", flat=True))


def latest() -> "QuerySet[Event]":
    """Newest first."""
    return Event.objects.select_related("person", "project")


def seen_by(user: User) -> "QuerySet[Event]":
    """What happened in projects that this person sees, and to what belongs to no project."""
    if is_administrator(user):
        return latest()
    return latest().filter(Q(project=None) | Q(project__in=projects_of(user)))


def notices(user: User) -> "QuerySet[Event]":
    """What has ended, well or badly, and what expires, since this person last looked."""
    return seen_by(user).filter(verb__in=_NEWS, at__gt=user.noticed_at)


def notice_count(user: User) -> int:
    """How many notices are new, at most 99; the number may be some seconds old."""
    key = _count_key(user)
    found: int | None = cache.get(key)
    if found is None:
        found = notices(user)[:_MOST_NOTICES].count()
        cache.set(key, found, _COUNT_SECONDS)
    return found


def noticed(user: User) -> None:
    """This person has seen everything up to now."""
    user.noticed_at = timezone.now()
    user.save(update_fields=["noticed_at"])
    cache.delete(_count_key(user))


def _count_key(user: User) -> str:
    return f"notices-{user.pk}"
