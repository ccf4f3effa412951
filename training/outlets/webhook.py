"""Signed web hooks: JSON by POST, with an HMAC over time and body."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime

from training.outlets.news import Message

EVENT, KEY, TIME, SIGNATURE = (
    "X-Studio-Event", "X-Studio-Delivery", "X-Studio-Timestamp", "X-Studio-Signature",
)  # fmt: skip


def body(message: Message) -> bytes:
    """The message as JSON."""
    news = [
        {
            "event": one.event,
            "at": one.at.isoformat(),
            "title": one.title,
            "text": one.text,
            "url": one.url,
            "project": one.project,
            "name": one.name,
            "urgent": one.is_urgent,
        }
        for one in message.news
    ]
    return json.dumps({"delivery": message.key, "news": news}, ensure_ascii=False).encode()


def headers(message: Message, content: bytes, secret: str, now: datetime) -> Mapping[str, str]:
    """What says who sent it: the delivery's key, the time in seconds, and their signature.

    The signature is `sha256=` and the hexadecimal HMAC-SHA256 of "<time>.<body>".
    """
    events = {one.event for one in message.news}
    found = {
        "Content-Type": "application/json; charset=utf-8",
        EVENT: events.pop() if len(events) == 1 else "several",
        KEY: message.key,
        TIME: str(int(now.timestamp())),
    }
    if secret:
        found[SIGNATURE] = f"sha256={signature(secret, found[TIME], content)}"
    return found


def signature(secret: str, time: str, content: bytes) -> str:
    """Hexadecimal HMAC-SHA256 of the time, a full stop, and the body."""
    return hmac.new(secret.encode(), time.encode() + b"." + content, hashlib.sha256).hexdigest()
