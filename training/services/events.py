"""Writes and reads what happened."""

from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone

from training.models import Event, Project, RemoteObject, User

_NEWS = (Event.Verb.SUCCEEDED, Event.Verb.FAILED)
_MOST_NOTICES = 99
_COUNT_SECONDS = 5


def record(verb: Event.Verb, row: RemoteObject, person: User | None = None, text: str = "") -> None:
    """Write down one thing, in the caller's transaction."""
    project: Any = row if isinstance(row, Project) else getattr(row, "project", None)
    Event.objects.create(
        verb=verb,
        person=person,
        project=None if verb == Event.Verb.DELETED and project is row else project,
        kind=row._meta.model_name or "",
        object_id=row.pk,
        name=row.display_name,
        text=text,
    )


def latest() -> "QuerySet[Event]":
    """Newest first."""
    return Event.objects.select_related("person", "project")


def notices(user: User) -> "QuerySet[Event]":
    """What has ended, well or badly, since this person last looked."""
    return latest().filter(verb__in=_NEWS, at__gt=user.noticed_at)


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
