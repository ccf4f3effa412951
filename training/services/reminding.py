"""Tells the team of last days that come nearer: each stage of each once."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from studio.crashpoints import crashpoint
from training.models import CustomModel, Deadline, Event, Reminder
from training.services import datekeeping, deadlines, events

STAGES = (1, 7, 14, 30, 60, 90)
EXPIRED = "expired"
_FORGIVEN = timedelta(days=30)

log = structlog.get_logger(__name__)


def remind() -> int:
    """Tell of every stage that was reached and not told yet; how many were told.

    Of stages that passed unseen together, while the server was off or before a model was known,
    only the last is told. Models that had long expired when they were first seen stay quiet.
    """
    datekeeping.refresh()
    now = timezone.now()
    nearest = now + timedelta(days=STAGES[-1] + 1)
    rows = deadlines.pressing(deadlines.listed()).filter(at__lte=nearest, at__gt=now - _FORGIVEN)
    told = set(
        Reminder.objects.filter(deadline__in=rows.values("pk")).values_list(
            "deadline_id", "for_date", "stage"
        )
    )
    return sum(_tell(row, now) for row in rows if _missing(row, now, told))


def stage(at: datetime, now: datetime) -> str:
    """The last stage that a last day has reached: a number of days, "expired", or ""."""
    if at <= now:
        return EXPIRED
    left = days_left(at, now)
    return next((str(days) for days in STAGES if left <= days), "")


def days_left(at: datetime, now: datetime) -> int:
    """Days from today to the last day, in the server's zone."""
    return (deadlines.last_day(at) - _day(now)).days


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _stages(row: Any, now: datetime) -> list[str]:
    reached = stage(row.at, now)
    awake = f"snooze {row.snoozed_until}" if row.snoozed_until else ""
    return [one for one in (reached, awake if reached else "") if one]


def _missing(row: Any, now: datetime, told: set[Any]) -> bool:
    on = _day(row.at)
    return any((row.pk, on, one) not in told for one in _stages(row, now))


@transaction.atomic
def _tell(row: Any, now: datetime) -> bool:
    """Write the reminder and its event together; of two at once, one does."""
    made = [
        reminder
        for reached in _stages(row, now)
        for reminder, is_new in [
            Reminder.objects.get_or_create(deadline=row, for_date=_day(row.at), stage=reached)
        ]
        if is_new
    ]
    if not made:
        return False
    verb = Event.Verb.EXPIRED if row.at <= now else Event.Verb.REMINDED
    event = events.record_deadline(verb, row, text=sentence(row, now))
    Reminder.objects.filter(pk__in=[one.pk for one in made]).update(event=event)
    crashpoint("training.remind.before_commit")
    return True


@dataclass(frozen=True)
class Pressing:
    """Why a model needs somebody: for its page."""

    is_over: bool
    text: str


def pressing(model: CustomModel) -> Pressing | None:
    """What to say on a model's page; None while there is time, or when it was seen to."""
    rows = deadlines.pressing(deadlines.listed().filter(custom_model=model))
    row, now = rows.first(), timezone.now()
    if row is None or deadlines.state(row.at, now) == "later":
        return None
    return Pressing(row.at <= now, sentence(row, now))


def sentence(row: Any, now: datetime) -> str:
    """What is about to be lost, and when, in words."""
    local = timezone.localtime(row.at)
    since = f"{local:%Y-%m-%d %H:%M} {local.tzname()}"
    on = since if row.at <= now else f"{deadlines.last_day(row.at)} {local.tzname()}"
    left = days_left(row.at, now)
    is_adaptation = row.kind == Deadline.Kind.ADAPTATION
    if row.at <= now:
        text = _("Nothing can be trained from it since %(day)s.") if is_adaptation else _(
            "It cannot transcribe since %(day)s."
        )  # fmt: skip
    elif is_adaptation:
        text = _("Last day for training from it: %(day)s.")
    else:
        text = _("Last day for transcription: %(day)s.")
    parts = [text % {"day": on}]
    if row.at > now:
        days = ngettext("%(n)d day left.", "%(n)d days left.", left)
        parts.append(days % {"n": left} if left else _("That is today."))
    if row.use_count and not is_adaptation:
        parts.append(_used(row.use_count, row.at <= now))
    return " ".join(parts)


def _used(count: int, is_over: bool) -> str:
    if is_over:
        text = ngettext(
            "%(n)d endpoint uses it and answers with the base model now.",
            "%(n)d endpoints use it and answer with the base model now.",
            count,
        )
    else:
        text = ngettext(
            "%(n)d endpoint uses it, and would silently answer with the base model after that.",
            "%(n)d endpoints use it, and would silently answer with the base model after that.",
            count,
        )
    return text % {"n": count}
