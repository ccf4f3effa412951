"""Filters and tags of the templates."""

from collections.abc import Collection, Mapping
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from training import overlaps
from training.alignment import Operation
from training.display import happenings, parts, standings, texts
from training.enums import DatasetKind

register = template.Library()

for shown in (
    texts.moment,
    texts.day,
    texts.relative,
    texts.percent,
    texts.change,
    texts.count,
    texts.duration,
):
    register.filter(shown)
for part in (parts.icon, parts.badge, parts.trouble, parts.deadline, parts.ago, parts.sprite):
    register.simple_tag(part)


register.simple_tag(happenings.sentence, name="event_sentence")
register.simple_tag(happenings.icon_of, name="event_icon")
register.simple_tag(standings.word, name="standing_word")
register.simple_tag(standings.badge, name="standing")


@register.simple_tag
def sends_mail() -> bool:
    """Whether this server has a mail server."""
    found: bool = settings.MAIL_ENABLED
    return found


@register.filter
def field_of(mapping: Any, key: str) -> Any:
    """A value of a mapping, or None."""
    return mapping.get(key) if isinstance(mapping, Mapping) else None


_KINDS = {"substitutions": "substitute", "deletions": "delete", "insertions": "insert"}


@register.filter
def errors_marked(operations: Any, shown: Collection[str] = ()) -> SafeString:
    """A recognised text with its errors marked: all of them, or those of the kinds shown alone."""
    marked = {_KINDS[kind] for kind in shown} or set(_KINDS.values())
    words = (_word(one, one[0] in marked) for one in operations or ())
    return format_html_join(" ", "{}", ((word,) for word in words if word))


def _word(operation: Operation, is_marked: bool) -> Any:
    kind, wanted, heard = operation
    if kind == "equal" or not is_marked:
        return heard
    match kind:
        case "substitute":
            return format_html('<mark class="sub" title="{}">{}</mark>', wanted, heard)
        case "insert":
            return format_html('<ins title="{}">{}</ins>', _("inserted"), heard)
    return format_html('<del title="{}">{}</del>', _("missing"), wanted)


@register.filter
def differences_marked(operations: Any, other: Any) -> SafeString:
    """What one model heard, with the words marked that the other model (its name) did not hear."""
    words = (_differing(one, other) for one in operations or () if one[2])
    return format_html_join(" ", "{}", ((word,) for word in words))


def _differing(operation: Operation, other: Any) -> Any:
    kind, elsewhere, heard = operation
    if kind == "equal":
        return heard
    title = (
        _("%(model)s: %(word)s") % {"model": other, "word": elsewhere}
        if elsewhere
        else _("%(model)s: nothing here") % {"model": other}
    )
    return format_html('<mark class="sub" title="{}">{}</mark>', title, heard)


_OBJECTS = {
    "custommodel": _lazy("model"),
    "evaluation": _lazy("test"),
    "endpoint": _lazy("endpoint"),
    "modelcopy": _lazy("copy"),
    "trainingdraft": _lazy("draft of a training"),
}


register.filter("shared_in_words", overlaps.in_words)


@register.filter
def kind_of(row: Any) -> str:
    """What an object is, in a word; "" for what needs none."""
    return str(_OBJECTS.get(row._meta.model_name, ""))


@register.filter
def kind_label(kind: str) -> str:
    """Speech Studio's label of a dataset kind; a kind that is new to us stays as it is."""
    return str(DatasetKind(kind).label) if kind in DatasetKind.values else kind
