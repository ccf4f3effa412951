"""Tells web hooks what happens to the objects of their resource."""

from collections.abc import Callable, Mapping
from typing import Any

from localspeech import representation
from localspeech.doorbell import deliver_soon
from localspeech.models import Delivery, WebHook
from localspeech.models.entity import Status
from localspeech.showing import web_hook
from localspeech.versions import Hosted, Site

CREATION, PROCESSING, COMPLETION, DELETION = "Creation", "Processing", "Completion", "Deletion"
PING, CHALLENGE = "ping", "challenge"
_KINDS: Mapping[str, tuple[str, Callable[[Site, Any], dict[str, Any]]]] = {
    "dataset": ("dataset", representation.dataset),
    "custommodel": ("model", representation.custom_model),
    "evaluation": ("evaluation", representation.evaluation),
    "transcription": ("transcription", representation.transcription),
    "endpoint": ("endpoint", representation.endpoint),
}
NAMES = frozenset(
    [f"{kind}{what}" for kind, _ in _KINDS.values() for what in
     (CREATION, PROCESSING, COMPLETION, DELETION)] + [PING, CHALLENGE]
)  # fmt: skip


def announce(row: Any, what: str) -> None:
    """Note the event for every active hook that wants it, with the object as it is now."""
    named = _KINDS.get(row._meta.model_name)
    if named is None:
        return
    kind, show = named
    active = WebHook.objects.filter(resource=row.resource_id, status=Status.SUCCEEDED)
    for hook in active:
        if hook.events.get(f"{kind}{what}"):
            deliver(hook, f"{kind}{what}", show(_site(hook), row))


def ping(hook: WebHook) -> None:
    """Send the hook itself, to see whether its address answers."""
    deliver(hook, PING, web_hook(_site(hook), hook))


def rehearse(hook: WebHook) -> bool:
    """Send each registered event once more with its newest object; False when there is none."""
    found = [
        (event, show(_site(hook), row))
        for name, (kind, show) in _KINDS.items()
        for event in sorted(hook.events)
        if hook.events[event] and event.startswith(kind) and (row := _newest(name, hook))
    ]
    for event, payload in found:
        deliver(hook, event, payload)
    return bool(found)


def _newest(name: str, hook: WebHook) -> Any:
    model = WebHook._meta.apps.get_model("localspeech", name)
    return model._default_manager.filter(resource=hook.resource_id).order_by("-created").first()


def deliver(hook: WebHook, event: str, payload: dict[str, Any]) -> None:
    """Note one event for one hook."""
    deliver_soon(Delivery.objects.create(hook=hook, event=event, payload=payload))


def _site(hook: WebHook) -> Hosted:
    return Hosted(hook.base_url, hook.api_version)
