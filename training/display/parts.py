"""Small pieces of HTML that pages and grids share: icons, badges, deadlines."""

import re
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from training.display.texts import NOTHING, day, distance_in_days, moment, relative
from training.enums import Submission
from training.services.deadlines import state

_DEADLINE_ICONS = {"expired": "error", "30": "warning", "90": "clock", "later": "calendar"}


@lru_cache(maxsize=1)
def sprite() -> SafeString:
    """All icons as one hidden SVG; it stands once in each page, so that no icon comes late."""
    text = (Path(settings.BASE_DIR) / "static" / "icons.svg").read_text()
    return mark_safe(text.replace("<svg ", '<svg class="sprite" aria-hidden="true" ', 1))  # noqa: S308  # our own file


def icon_names() -> list[str]:
    """Every icon of the sprite."""
    return re.findall(r'id="i-([\w-]+)"', sprite())


@lru_cache(maxsize=64)
def icon(name: str) -> SafeString:
    """One icon of the sprite; decoration, so hidden from screen readers."""
    more = " spin" if name == "spinner" else ""
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="#i-{}"/></svg>', more, name
    )


def tone(row: Any) -> str:
    """The tone of a row's status."""
    if row.has_failed:
        return "danger"
    if row.succeeded:
        return "success"
    if row.submission == Submission.HELD:
        return "warning"
    return "info" if row.status == "Running" else "neutral"


_STATUS_ICONS = {
    "danger": "error", "success": "check", "info": "spinner", "neutral": "clock",
    "warning": "warning",
}  # fmt: skip


def badge(row: Any) -> SafeString:
    """The status of a row in a word with an icon; the API's own word as its title."""
    found = tone(row)
    return format_html(
        '<span class="badge {}" title="{}">{}{}</span>',
        found,
        row.status or row.submission,
        icon(_STATUS_ICONS[found]),
        row.status_word,
    )


def trouble(row: Any) -> str:
    """Why a row has failed, or what it waits for."""
    if row.has_failed:
        code = format_html(' <span class="muted">({})</span>', row.error_code)
        return format_html(
            '<p class="reason">{}{}</p>', row.error_message, code if row.error_code else ""
        )
    if row.trouble:
        text = _("Trying again by itself.")
        return format_html('<p class="reason">{} {}</p>', row.trouble, text)
    return ""


def ago(at: datetime | None) -> SafeString | str:
    """How long ago, with the moment as its title."""
    if at is None:
        return NOTHING
    return format_html('<span class="nowrap" title="{}">{}</span>', moment(at), relative(at))


def deadline(at: datetime | None) -> SafeString:
    """A last day: absolute with zone, relative, and an icon for how near it is."""
    if not at:  # templates give "" for the day of a baseline model that is not known
        return format_html('<span class="muted nowrap">{}</span>', _("Not known yet"))
    found = state(at, timezone.now())
    said = distance_in_days(at)
    said = f"{_('Expired')} {said}" if found == "expired" else said
    return format_html(
        '<span class="deadline state-{}">{}<time datetime="{}">{}</time> '
        '<span class="muted">{}</span></span>',
        found,
        icon(_DEADLINE_ICONS[found]),
        at.date().isoformat(),
        day(at),
        said,
    )
