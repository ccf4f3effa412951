"""A person's calendar of deadlines. Whoever knows its address can read it, and nothing else."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from training.models import Deadline, User
from training.services import deadlines

_REFRESH = timedelta(hours=6)
_PAST, _FUTURE = timedelta(days=90), timedelta(days=730)
_COLUMNS = (
    "key", "kind", "at", "changed_at", "name", "custom_model_id", "custom_model__project_id",
)  # fmt: skip


def new_address(user: User) -> str:
    """A new secret part of the address; an older one is no longer answered."""
    token = secrets.token_urlsafe(32)
    User.objects.filter(pk=user.pk).update(calendar_digest=_digest(token))
    return token


def revoke(user: User) -> None:
    """Answer the address no longer."""
    User.objects.filter(pk=user.pk).update(calendar_digest="")


def owner(token: str) -> User | None:
    """Whose calendar it is, while the person's account is on."""
    return User.objects.filter(calendar_digest=_digest(token), is_active=True).first()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def content(person: User) -> bytes:
    """The calendar as iCalendar (RFC 5545, 7986): one all-day event a deadline of two years.

    It holds what the person sees.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Custom Speech Studio//Deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", _("Deadlines of speech models"))
    calendar.add("x-wr-calname", _("Deadlines of speech models"))
    calendar.add("refresh-interval", _REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    now = timezone.now()
    seen = deadlines.seen_by(deadlines.listed(), person)
    rows = deadlines.pressing(seen).filter(at__gt=now - _PAST, at__lt=now + _FUTURE)
    for row in rows.select_related(None).order_by("at", "pk").values_list(*_COLUMNS, named=True):
        calendar.add_component(_event(row))
    return calendar.to_ical()


def _event(row: Any) -> Event:
    event, day = Event(), deadlines.last_day(row.at)
    event.add("uid", f"{row.key}@{settings.MAIL_HOST_NAME}")
    event.add("dtstamp", row.changed_at)
    event.add("last-modified", row.changed_at)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", _summary(row))
    event.add("description", _("It ends at %(at)s, as the service says.") % {"at": row.at})
    event.add("transp", "TRANSPARENT")
    if row.custom_model_id:
        path = reverse("model", args=[row.custom_model__project_id, row.custom_model_id])
        event.add("url", f"{settings.SITE.origin}{path}")
    return event


def _summary(row: Any) -> str:
    text = (
        _("%(name)s: last day for training from it")
        if row.kind == Deadline.Kind.ADAPTATION
        else _("%(name)s: last day for transcription")
    )
    return text % {"name": row.name}
