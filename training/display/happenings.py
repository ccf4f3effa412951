"""How events are told, with an icon and a link to what they are about."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from training.display.parts import icon
from training.models import Event

_ICONS: dict[str, str] = {
    Event.Verb.CREATED: "add",
    Event.Verb.SUCCEEDED: "check",
    Event.Verb.FAILED: "error",
    Event.Verb.DELETED: "delete",
    Event.Verb.REMINDED: "calendar",
    Event.Verb.EXPIRED: "warning",
    Event.Verb.HANDLED: "check",
    Event.Verb.SNOOZED: "bell",
    Event.Verb.VANISHED: "error",
    Event.Verb.CONNECTED: "add",
    Event.Verb.COPYING: "copy",
    Event.Verb.COPIED: "copy",
    Event.Verb.NOT_COPIED: "error",
}


def icon_of(verb: str) -> SafeString:
    """The icon of what happened."""
    return icon(_ICONS.get(verb, "activity"))


def sentence(event: Event) -> SafeString:
    """Who did what, or what happened to what."""
    name = format_html("<strong>{}</strong>", event.name)
    if event.url:
        name = format_html('<a href="{}">{}</a>', event.url, name)
    values = {
        "who": event.person,
        "what": event.get_verb_display(),
        "kind": event.kind_label,
        "name": name,
    }
    if event.person:
        return format_html(_("{who} {what} the {kind} {name}"), **values)
    return format_html(_("The {kind} {name} {what}"), **values)
