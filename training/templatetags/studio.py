"""Filters and tags of the templates."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from training.display import parts, texts
from training.enums import DatasetKind

register = template.Library()

for shown in (texts.moment, texts.day, texts.relative, texts.percent, texts.count, texts.duration):
    register.filter(shown)
for part in (parts.icon, parts.badge, parts.trouble, parts.deadline, parts.ago, parts.sprite):
    register.simple_tag(part)


@register.filter
def field_of(mapping: Any, key: str) -> Any:
    """A value of a mapping, or None."""
    return mapping.get(key) if isinstance(mapping, Mapping) else None


@register.filter
def errors_marked(operations: Any) -> SafeString:
    """A recognised text with its errors: substituted, inserted and missing words."""
    return format_html_join(" ", "{}", ((_word(*one),) for one in operations or ()))


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
def kind_label(kind: str) -> str:
    """Speech Studio's label of a dataset kind; a kind that is new to us stays as it is."""
    return str(DatasetKind(kind).label) if kind in DatasetKind.values else kind
