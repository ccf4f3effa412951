"""Decides who is told of what, in the transaction in which it happened."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from studio.celery import ring
from training.models import Channel, Dispatch, DispatchItem, Event, User
from training.permissions import everybody_in
from training.services import preferences

DEADLINES = (Event.Verb.REMINDED, Event.Verb.EXPIRED)
RESULTS = (
    Event.Verb.SUCCEEDED,
    Event.Verb.FAILED,
    Event.Verb.ASKED,
    Event.Verb.NOT_RENEWED,
    Event.Verb.COPIED,
    Event.Verb.NOT_COPIED,
    Event.Verb.VANISHED,
)
_DIGEST_HOUR = time(8)
_GATHER_MINUTES = 5


@dataclass(frozen=True)
class Recipient:
    """Somebody to be told, and when."""

    person_id: int | None
    channel_id: int | None
    due_at: datetime


def plan(event: Event, owner_id: int | None, projects: Collection[int] = ()) -> None:
    """Put the news on its way to everybody who wants it; nobody gets it twice.

    `projects` are those that it concerns, besides the event's own.
    """
    if event.verb not in (*DEADLINES, *RESULTS):
        return
    concerned = {*projects, *([event.project_id] if event.project_id else [])}
    found = [*_channels(event, concerned), *_people(event, owner_id)]
    if found:
        _enqueue(event, found)


def _channels(event: Event, projects: Collection[int]) -> Iterable[Recipient]:
    wants = "tells_deadlines" if event.verb in DEADLINES else "tells_results"
    due_at = _gathering(event.at) if event.verb in DEADLINES else event.at
    mine = Channel.objects.filter(Q(project=None) | Q(project__in=projects), **{wants: True})
    return [Recipient(None, pk, due_at) for pk in mine.values_list("pk", flat=True)]


def _people(event: Event, owner_id: int | None) -> Iterable[Recipient]:
    if not settings.MAIL_ENABLED:
        return []
    people = User.objects.filter(is_active=True).exclude(email="")
    if event.project is not None:
        people = people.filter(everybody_in(event.project))
    return [
        Recipient(person.pk, None, due_at)
        for person in people.only("preferences")
        if (due_at := _due_for(person, event, owner_id)) is not None
    ]


def _due_for(person: User, event: Event, owner_id: int | None) -> datetime | None:
    wishes = preferences.mail(person)
    if event.verb in RESULTS:
        is_wanted = wishes.results == "all" or (wishes.results == "mine" and owner_id == person.pk)
        return event.at if is_wanted else None
    if wishes.deadlines == "off":
        return None
    if wishes.deadlines == "at_once":
        return _gathering(event.at)
    return next_digest(event.at, wishes.deadlines)


def _gathering(now: datetime) -> datetime:
    """The next full five minutes: last days fall together, and are told together."""
    start = now.replace(second=0, microsecond=0)
    return start + timedelta(minutes=_GATHER_MINUTES - start.minute % _GATHER_MINUTES)


def next_digest(now: datetime, rhythm: str) -> datetime:
    """Eight in the morning of the next day, or of the next Monday, in the server's zone."""
    zone = timezone.get_current_timezone()
    day = now.astimezone(zone).date()
    while True:
        at = datetime.combine(day, _DIGEST_HOUR, tzinfo=zone)
        if at > now and (rhythm == "daily" or day.weekday() == 0):
            return at
        day += timedelta(days=1)


def _enqueue(event: Event, recipients: list[Recipient]) -> None:
    told = set(DispatchItem.objects.filter(event=event).values_list("person_id", "channel_id"))
    new = [one for one in recipients if (one.person_id, one.channel_id) not in told]
    opened = _opened(event, {one.due_at for one in new if one.due_at > event.at})
    missing = [one for one in new if one not in opened]
    made = Dispatch.objects.bulk_create(
        Dispatch(person_id=one.person_id, channel_id=one.channel_id, due_at=one.due_at)
        for one in missing
    )
    opened |= {one: row.pk for one, row in zip(missing, made, strict=True)}
    DispatchItem.objects.bulk_create(
        DispatchItem(
            dispatch_id=opened[one], event=event, person_id=one.person_id, channel_id=one.channel_id
        )
        for one in new
    )
    for row in made:
        if row.due_at <= event.at:
            ring("training.tasks.dispatch", row.pk)


def _opened(event: Event, times: Collection[datetime]) -> dict[Recipient, int]:
    """Messages that are being gathered; the update keeps a sender out until we have committed."""
    rows = Dispatch.objects.filter(due_at__in=times, attempts=0, sent_at=None)
    if not times or not rows.update(claimed_until=None):
        return {}
    values = rows.values_list("person_id", "channel_id", "due_at", "pk")
    return {Recipient(person, channel, at): pk for person, channel, at, pk in values}
