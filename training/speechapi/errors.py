"""What can go wrong between us and a speech service, each with a sentence for a person."""

from collections.abc import Mapping
from typing import Any


class SpeechApiError(Exception):
    """Base of all. `message` says what happened and what to do.

    `answer_lost` is true when the service may have carried out a request although its
    answer did not reach us; the request must then be looked up before it is repeated.
    `retry_after` is the service's own wish, in seconds.
    """

    answer_lost = True

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.retry_after = retry_after


class Unreachable(SpeechApiError):
    """No connection: wrong address, closed network, or the service is down."""

    answer_lost = False


class TimedOut(SpeechApiError):
    """The connection stood, and no answer came in time."""


class Garbled(SpeechApiError):
    """An answer that is not what the API specifies."""


class ServiceFailed(SpeechApiError):
    """The service answered 5xx."""


class Throttled(SpeechApiError):
    """The service answered 429: too many requests."""

    answer_lost = False


class ForeignAddress(SpeechApiError):
    """An address outside the resource's own origin; the key is not sent there."""

    answer_lost = False


class Refused(SpeechApiError):
    """The service understood and said no: a 4xx with its code.

    `code` is the innermost detail code, `target` the field it names.
    """

    answer_lost = False

    def __init__(
        self, message: str, *, status: int, code: str = "", target: str = "", request_id: str = ""
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.target = target
        self.request_id = request_id


class Unauthorized(Refused):
    """401: the key is wrong."""


class Forbidden(Refused):
    """403: the key may not do this."""


class NotFound(Refused):
    """404: no such object."""


_ADVICE: Mapping[str, str] = {
    "InUseViolation": "It is still used by something else; delete that first.",
    "FailedDataset": "One of the datasets failed to import; remove it or upload it again.",
    "InvalidDataset": "One of the datasets cannot be used for this; choose another one.",
    "DataImportFailed": "The data could not be read; check its format and upload it again.",
    "NoUtf8WithBom": "Save the file as UTF-8 with a byte order mark and upload it again.",
    "InvalidLocale": (
        "The locale is not supported, or differs between the chosen parts; choose parts of one "
        "locale."
    ),
    "InvalidBaseModel": "The base model cannot be used here; choose the newest one.",
    "InvalidAdaptationMapping": (
        "The base model cannot be adapted with this kind of data; choose other data or a newer "
        "base model."
    ),
    "ModelDeprecated": "The base model can no longer be adapted; choose the newest one.",
    "ModelMismatch": (
        "The models belong to different locales or resources; choose two of the same."
    ),
    "ModelNotDeployable": (
        "This model cannot be deployed to an endpoint; choose another, or train on a newer base."
    ),
    "DeployingFailedModel": (
        "The model failed, so it cannot be deployed; choose one that succeeded."
    ),
    "QuotaViolation": "The resource's quota is used up; delete what is not needed.",
    "SkuLimitsExist": "The resource's pricing tier does not allow more; delete some or upgrade.",
    "DeleteNotAllowed": "It cannot be deleted while it is being worked on; try again later.",
    "EndpointLoggingNotSupported": (
        "This resource cannot log what its endpoints hear; switch logging off, or give the "
        "resource a storage of its own."
    ),
    "InvalidAudioFormat": "Send a WAV file: PCM, 16 bit, mono, 16,000 or 8,000 Hz.",
    "EmptyAudioFile": "The file holds no sound; record or choose another one.",
    "InvalidSourceAzureResourceId": (
        "The ID of the source resource is not right; copy it from its page in Azure, whole."
    ),
    "ModelCopyAuthorizationExpired": "The permission to copy ran out; start the copy again.",
}


def refused(status: int, body: Any, request_id: str) -> Refused:
    """The error of a 4xx answer. `body` is its JSON, or anything else when it had none."""
    code, text, target = _innermost(body)
    kind = {401: Unauthorized, 403: Forbidden, 404: NotFound}.get(status, Refused)
    if status == 401:
        sentence = "The service refused the key. An administrator can correct it under Resources."
    else:
        sentence = " ".join(part for part in (text, _ADVICE.get(code, "")) if part)
    return kind(
        sentence or f"The service refused the request (status {status}).",
        status=status,
        code=code,
        target=target,
        request_id=request_id,
    )


def _innermost(body: Any) -> tuple[str, str, str]:
    code = text = target = ""
    node = body.get("error", body) if isinstance(body, Mapping) else None
    for _depth in range(10):
        if not isinstance(node, Mapping):
            break
        code = str(node.get("code") or code)
        text = str(node.get("message") or text)
        target = str(node.get("target") or target)
        node = node.get("innerError")
    return code, text, target
