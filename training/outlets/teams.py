"""Microsoft Teams: a workflow's web hook takes a message with an Adaptive Card."""

import json
import re
from typing import Any

from training.outlets.news import Message, News

_SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
_VERSION = "1.4"
_MOST = 10
_MARKUP = re.compile(r"([\\`*_\[\]])")


def body(message: Message) -> bytes:
    """The message as an Adaptive Card, at most ten pieces of news in it."""
    blocks: list[dict[str, Any]] = []
    for one in message.news[:_MOST]:
        blocks.extend(_blocks(one))
    more = len(message.news) - _MOST
    if more > 0:
        blocks.append(_text(f"+ {more}"))
    card: dict[str, Any] = {
        "$schema": _SCHEMA,
        "type": "AdaptiveCard",
        "version": _VERSION,
        "msteams": {"width": "Full"},
        "body": blocks,
    }
    first = message.news[0]
    url = first.url if len(message.news) == 1 and first.url else message.site_url
    card["actions"] = [{"type": "Action.OpenUrl", "title": "Custom Speech Studio", "url": url}]
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
    return json.dumps({"type": "message", "attachments": [attachment]}).encode()


def _blocks(news: News) -> list[dict[str, Any]]:
    title = _text(news.title) | {"weight": "Bolder", "size": "Medium"}
    if news.is_urgent:
        title["color"] = "Attention"
    found = [title]
    if news.text:
        found.append(_text(news.text) | {"spacing": "None"})
    if news.project:
        found.append(_text(news.project) | {"isSubtle": True, "spacing": "None"})
    return found


def _text(text: str) -> dict[str, Any]:
    """A text block; names that people gave are no markup."""
    return {"type": "TextBlock", "text": _MARKUP.sub(r"\\\1", text), "wrap": True}
