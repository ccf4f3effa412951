"""Short audio at an endpoint's own address: the clip in, its text out."""

import threading
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.http import HttpRequest, JsonResponse

from localspeech import storage
from localspeech.api import Key
from localspeech.doorbell import work_soon
from localspeech.errors import ApiError, denied, invalid, not_found
from localspeech.links import owned
from localspeech.models import Endpoint, Recognition, SpeechResource
from localspeech.models.entity import FINAL, Status
from localspeech.routes.common import body_of, check_locale

MODES = frozenset({"interactive", "conversation", "dictation"})
_LARGEST_BODY, _TICKS = 4 * 1024**2, 10_000_000
_TOO_LONG = "The audio is too long; send at most 60 s, or use a batch transcription."
_EMPTY = "The request holds no audio."
_PATIENCE_SECONDS = 45.0
# Each waits in a thread of the web server, which has others to serve as well.
_AT_ONCE = threading.BoundedSemaphore(4)


def recognition(request: HttpRequest, mode: str) -> JsonResponse:
    """Recognise the WAV in the body with the endpoint that `cid` names."""
    try:
        return JsonResponse(_answer(request, mode))
    except ApiError as error:
        headers = {"Retry-After": "5"} if error.status == 503 else {}
        return JsonResponse(error.body(), status=error.status, headers=headers)


def _answer(request: HttpRequest, mode: str) -> dict[str, Any]:
    resource = _resource(request)
    if mode not in MODES:
        raise not_found("recognition mode")
    if request.method != "POST":
        raise ApiError(405, "NotAllowed", "Send the audio by POST.")
    check_locale(request.GET.get("language", ""))
    endpoint = owned(Endpoint, resource, _cid(request))
    if endpoint.status == Status.FAILED:
        message = f"The endpoint {endpoint.display_name} failed to deploy."
        raise invalid(message, "DeployingFailedModel", "cid")
    if not _AT_ONCE.acquire(blocking=False):
        raise ApiError(503, "ServiceUnavailable", "The engine is busy; try again in a moment.")
    try:
        with body_of(request, _LARGEST_BODY, _TOO_LONG, _EMPTY, "EmptyAudioFile") as audio:
            row = _recognised(endpoint, audio)
    finally:
        _AT_ONCE.release()
    if row.status == Status.FAILED:
        raise invalid(row.error_message, row.error_code, "body")
    return _shown(row, request.GET.get("format", "simple") == "detailed")


def _resource(request: HttpRequest) -> SpeechResource:
    resource = Key().authenticate(request, request.headers.get(Key.param_name))
    if resource is None:
        raise denied()
    return resource


def _cid(request: HttpRequest) -> UUID:
    try:
        return UUID(request.GET.get("cid", ""))
    except ValueError:
        raise invalid("cid must be an endpoint's ID.", "InvalidParameterValue", "cid") from None


def _recognised(endpoint: Endpoint, audio: "File[bytes]") -> Recognition:
    """The clip's row when a worker has ended it; nothing of it stays behind."""
    with transaction.atomic():
        row = Recognition.objects.create(resource=endpoint.resource, endpoint=endpoint)
        storage.keep(row.pk, storage.DATA, "Audio", audio)
        work_soon(row)
    try:
        if _patiently(lambda: _is_ended(row)):
            return row
        raise ApiError(503, "ServiceUnavailable", "The engine is busy; try again in a moment.")
    finally:
        Recognition.objects.filter(pk=row.pk).delete()
        storage.forget(row.pk)


def _is_ended(row: Recognition) -> bool:
    try:
        row.refresh_from_db()
    except Recognition.DoesNotExist:
        raise not_found("endpoint") from None
    return row.status in FINAL


def _patiently(is_done: Callable[[], bool]) -> bool:
    end, pause = time.monotonic() + _PATIENCE_SECONDS, 0.02
    while not is_done():
        if time.monotonic() > end:
            return False
        time.sleep(pause)
        pause = min(pause * 1.3, 0.25)
    return True


def _shown(row: Recognition, is_detailed: bool) -> dict[str, Any]:
    status = "Success" if row.text else "NoMatch"
    shown: dict[str, Any] = {
        "RecognitionStatus": status,
        "Offset": 0,
        "Duration": round(row.seconds * _TICKS),
    }
    if is_detailed and row.text:
        forms = dict.fromkeys(("Lexical", "ITN", "MaskedITN", "Display"), row.text)
        return shown | {"NBest": [forms]}
    return shown | ({"DisplayText": row.text} if row.text else {})
