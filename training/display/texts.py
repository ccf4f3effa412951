"""Values as text: moments with their zone, distances, rates, counts."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils import timezone
from django.utils.dates import MONTHS_3
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

NOTHING = "–"


@lru_cache(maxsize=1024)
def _named(on: date, _language: str | None) -> str:
    return f"{on.day} {str(MONTHS_3[on.month]).capitalize()} {on.year}"


def moment(value: datetime | None) -> str:
    """Date and time with the zone, for example "15 Jul 2026 09:30 UTC"."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{_named(local.date(), get_language())} {local:%H:%M} {local.tzname()}"


def day(value: datetime | None) -> str:
    """Date with the zone, for example "15 Jul 2026 UTC"."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{_named(local.date(), get_language())} {local.tzname()}"


def relative(value: datetime | None) -> str:
    """Distance from now: "in 23 days", "5 minutes ago"."""
    if value is None:
        return ""
    distance = value - timezone.now()
    span = _span(abs(distance))
    if not span:
        return _("just now")
    return (_("in %s") if distance > timedelta(0) else _("%s ago")) % span


def distance_in_days(value: datetime | None) -> str:
    """Calendar days between today and a last day: "in 60 days", "today", "3 days ago"."""
    if value is None:
        return ""
    days = (timezone.localtime(value).date() - timezone.localdate()).days
    if not days:
        return _("today")
    span = _span(timedelta(days=abs(days)))
    return (_("in %s") if days > 0 else _("%s ago")) % span


def _span(distance: timedelta) -> str:
    if distance >= 2 * timedelta(days=365):
        years = distance.days // 365
        return ngettext("%d year", "%d years", years) % years
    if distance >= timedelta(days=1):
        return ngettext("%d day", "%d days", distance.days) % distance.days
    hours, minutes = distance.seconds // 3600, distance.seconds // 60
    if hours:
        return ngettext("%d hour", "%d hours", hours) % hours
    return ngettext("%d minute", "%d minutes", minutes) % minutes if minutes else ""


def percent(value: float | None) -> str:
    """A fraction as a percentage with one decimal; a dash when there is none."""
    return NOTHING if value is None or value == "" else f"{float(value) * 100:.1f}%"


def change(value: float | None) -> str:
    """A relative change with its sign, for example "+78%"; a dash when there is none."""
    if value is None:
        return NOTHING
    rounded = round(value * 100)
    sign = "−" if rounded < 0 else "+" if rounded > 0 else "±"
    return f"{sign}{abs(rounded)}%"


def count(value: int | None) -> str:
    """A whole number with thousands; a dash when there is none."""
    return NOTHING if value is None else number_format(value, force_grouping=True)


def duration(value: timedelta | None) -> str:
    """Hours, minutes and seconds in words, for example "1 h 20 min" or "83 s"."""
    if value is None:
        return NOTHING
    seconds = round(value.total_seconds())
    if seconds < 120:
        return _("%d s") % seconds
    hours, minutes = divmod(round(seconds / 60), 60)
    return _("%(h)d h %(m)d min") % {"h": hours, "m": minutes} if hours else _("%d min") % minutes
