"""How values are shown: moments with their zone, rates as percentages, words with their errors."""

from datetime import datetime, timedelta
from typing import Any

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from training.enums import DatasetKind
from training.services.deadlines import state

register = template.Library()


@register.filter
def moment(value: datetime | None) -> str:
    """Date and time with the zone, for example "15 Jul 2026 09:30 UTC"."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{formats.date_format(local, 'j M Y H:i')} {local.tzname()}"


@register.filter
def day(value: datetime | None) -> str:
    """Date with the zone, for example "15 Jul 2026 UTC"."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{formats.date_format(local, 'j M Y')} {local.tzname()}"


@register.filter
def relative(value: datetime | None) -> str:
    """Distance from now: "in 23 days", "5 minutes ago"."""
    if value is None:
        return ""
    distance = value - timezone.now()
    span = _span(abs(distance))
    if not span:
        return _("just now")
    return (_("in %s") if distance > timedelta(0) else _("%s ago")) % span


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


@register.filter
def deadline_state(value: datetime) -> str:
    """Past, within 30 or 90 days, or later."""
    return state(value, timezone.now())


@register.filter
def percent(value: float | None) -> str:
    """A fraction as a percentage with one decimal; a dash when there is none."""
    return "–" if value is None or value == "" else f"{float(value) * 100:.1f}%"


@register.filter
def field_of(mapping: Any, key: str) -> Any:
    """A value of a mapping, or None."""
    return mapping.get(key) if hasattr(mapping, "get") else None


@register.filter
def errors_marked(side: Any) -> SafeString:
    """A recognised text with its errors: substituted, inserted and missing words."""
    return format_html_join(" ", "{}", ((_word(*one),) for one in side.get("operations", [])))


def _word(kind: str, wanted: str | None, heard: str | None) -> Any:
    match kind:
        case "substitute":
            return format_html('<mark class="sub" title="{}">{}</mark>', wanted, heard)
        case "insert":
            return format_html('<ins title="{}">{}</ins>', _("inserted"), heard)
        case "delete":
            return format_html('<del title="{}">{}</del>', _("missing"), wanted)
    return wanted or ""


@register.filter
def tone(row: Any) -> str:
    """The tone of a status badge."""
    if row.has_failed:
        return "danger"
    if row.succeeded:
        return "success"
    return "info" if row.status == "Running" else "neutral"


@register.filter
def kind_label(kind: str) -> str:
    """Speech Studio's label of a dataset kind; a kind that is new to us stays as it is."""
    return str(DatasetKind(kind).label) if kind in DatasetKind.values else kind
