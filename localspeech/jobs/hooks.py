"""Calling web hooks: the challenge that makes one active, and its events."""

import base64
import hashlib
import hmac
import json
import secrets
from datetime import timedelta
from urllib.parse import urlencode

import requests
import structlog
from django.utils import timezone

from localspeech.engine.errors import EngineError
from localspeech.events import CHALLENGE, PING
from localspeech.jobs import lifecycle
from localspeech.jobs.outside import session
from localspeech.models import Delivery, WebHook
from localspeech.models.entity import Status
from studio import claims

MOST_DELIVERIES = 8
_TIMEOUT = (5, 10)
_LONGEST_ANSWER = 4096

log = structlog.get_logger(__name__)


def challenge(pk: str) -> None:
    """Let a hook prove that it wants to be called."""
    row = lifecycle.take(WebHook, pk)
    if row is not None:
        lifecycle.work(row, _challenge)


def _challenge(hook: WebHook) -> None:
    token = secrets.token_urlsafe(24)
    joint = "&" if "?" in hook.web_url else "?"
    url = f"{hook.web_url}{joint}{urlencode({'validationToken': token})}"
    status, body = _post(hook, url, CHALLENGE, b"")
    if status != 200 or body.strip() != token:
        raise EngineError(
            "InvalidCallbackUri",
            "The address must answer the challenge with status 200 and the value of "
            f"validationToken; it answered {status}.",
        )
    lifecycle.end(hook, Status.SUCCEEDED, where={"web_url": hook.web_url})


def deliver(pk: str) -> None:
    """Send one event, if it is due and free. A 2xx ends it; it is given up after some tries."""
    if not claims.claim_due(Delivery.objects.all(), pk):
        return
    with claims.held(Delivery, pk):
        _deliver(Delivery.objects.select_related("hook").get(pk=pk))


def _deliver(row: Delivery) -> None:
    is_wanted = row.hook.status == Status.SUCCEEDED or row.event == PING
    if not is_wanted or row.attempts > MOST_DELIVERIES:
        row.delete()
        return
    payload = json.dumps(row.payload).encode()
    try:
        status, _ = _post(row.hook, row.hook.web_url, row.event, payload)
        reason = "" if 200 <= status < 300 else f"answered {status}"
    except EngineError as error:
        reason = error.message
    if not reason:
        row.delete()
    elif row.attempts >= MOST_DELIVERIES:
        log.warning("web_hook_given_up", hook=str(row.hook_id), hook_event=row.event, reason=reason)
        row.delete()
    else:
        wait = timedelta(seconds=min(5 * 3 ** (row.attempts - 1), 3600))
        Delivery.objects.filter(pk=row.pk).update(due_at=timezone.now() + wait)


def _post(hook: WebHook, url: str, event: str, payload: bytes) -> tuple[int, str]:
    """Status and beginning of the answer. Raises EngineError when there is none."""
    headers = {"Content-Type": "application/json", "X-MicrosoftSpeechServices-Event": event}
    if hook.secret:
        headers["X-MicrosoftSpeechServices-Signature"] = signature(hook.secret, payload)
    try:
        with (
            session(url, "InvalidCallbackUri") as outside,
            outside.post(
                url, data=payload, headers=headers, timeout=_TIMEOUT, allow_redirects=False,
                stream=True,
            ) as answer,
        ):  # fmt: skip
            is_read = event == CHALLENGE
            beginning = next(answer.iter_content(_LONGEST_ANSWER), b"") if is_read else b""
            return answer.status_code, beginning.decode(errors="replace")
    except requests.RequestException as error:
        reason = f"The address does not answer ({type(error).__name__})."
        raise EngineError("InvalidCallbackUri", reason) from None


def signature(secret: str, payload: bytes) -> str:
    """Base64 of the payload's HMAC-SHA256."""
    return base64.b64encode(hmac.new(secret.encode(), payload, hashlib.sha256).digest()).decode()
