"""Web hooks."""

from collections.abc import Iterator, Sequence
from typing import Any

from training.speechapi import types
from training.speechapi.operations import Operations, action


class HookOperations(Operations):
    """Who is told when something happens on the service."""

    def web_hooks(self, query: str = "") -> Iterator[types.WebHook]:
        """All web hooks that match the filter."""
        return self._list("webhooks", types.WebHook, query)

    def create_web_hook(
        self, display_name: str, web_url: str, events: Sequence[str], secret: str = ""
    ) -> types.WebHook:
        """Register an address; it is told of nothing before it has met the challenge."""
        body: dict[str, Any] = {
            "displayName": display_name,
            "webUrl": web_url,
            "events": dict.fromkeys(events, True),
        }
        if secret:
            body["properties"] = {"secret": secret}
        return self._create("webhooks", types.WebHook, body)

    def ping_web_hook(self, hook: types.WebHook) -> None:
        """Have the service call the address once."""
        self._session.send("POST", hook.ping_link or action(hook.self_link, "ping"))

    def test_web_hook(self, hook: types.WebHook) -> bool:
        """Have its events sent with the newest objects; False when there is none to send."""
        address = hook.test_link or action(hook.self_link, "test")
        return self._session.send("POST", address).status_code != 204
