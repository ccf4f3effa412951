"""What stands in the cells that several lists share."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from training.display import parts, texts


def name(row: Any) -> SafeString:
    """The row's name as a link to its page."""
    kind = row._meta.model_name
    return format_html(
        '<a id="{}-link-{}" href="{}">{}</a>', kind, row.pk, row.get_absolute_url(), row
    )


def status(row: Any) -> SafeString:
    """Status, and the reason of a failure or delay."""
    return format_html("{}{}", parts.badge(row), parts.trouble(row))


def created(row: Any) -> str:
    """How long ago it was made."""
    return parts.ago(row.created_at)


def last_action(row: Any) -> str:
    """When the service last did something with it."""
    return parts.ago(row.last_action_at)


def owner(row: Any) -> str:
    """Who made it."""
    return str(row.created_by) if row.created_by else texts.NOTHING


def description(row: Any) -> str:
    """What people wrote about it, shortened."""
    text: str = row.description
    return (text if len(text) <= 80 else f"{text[:79]}…") or texts.NOTHING
