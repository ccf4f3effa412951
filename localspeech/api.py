"""The ninja application: key, errors, and the headers that every answer shares."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import APIKeyHeader

from localspeech.errors import ApiError, denied, invalid
from localspeech.models import SpeechResource
from localspeech.models.resource import resource_of_key

RETRY_SECONDS = "1"

log = structlog.get_logger(__name__)


class Key(APIKeyHeader):
    """Finds the resource by the key in the header."""

    param_name = "Ocp-Apim-Subscription-Key"

    def authenticate(self, request: HttpRequest, key: str | None) -> SpeechResource | None:
        return resource_of_key(key) if key else None


api = NinjaAPI(auth=Key(), docs_url=None, openapi_url=None, urls_namespace="localspeech")


@api.exception_handler(ApiError)
def _refused(request: HttpRequest, error: ApiError) -> HttpResponse:
    return JsonResponse(error.body(), status=error.status)


@api.exception_handler(AuthenticationError)
def _no_key(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return _refused(request, denied())


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    first = error.errors[0]
    place = ".".join(str(part) for part in first.get("loc", ())[2:])
    return _refused(
        request, invalid(f"{place or 'The body'}: {first.get('msg')}.", "InvalidPayload", place)
    )


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _refused(request, invalid("The body is not valid JSON.", "InvalidPayload"))


@api.exception_handler(MultiPartParserError)
def _bad_form(request: HttpRequest, error: MultiPartParserError) -> HttpResponse:
    return _refused(request, invalid(f"The form cannot be read: {error}", "InvalidPayload"))


@api.exception_handler(Exception)
def _fault(request: HttpRequest, error: Exception) -> HttpResponse:
    log.exception("fault", path=request.path)
    message = "The service has a fault of its own; its log says more."
    return _refused(request, ApiError(500, "InternalServerError", message, "UnexpectedError"))


def created(body: dict[str, Any]) -> HttpResponse:
    """201 with the new object and where it is."""
    return JsonResponse(body, status=201, headers={"Location": body["self"]})


def answered(body: dict[str, Any]) -> HttpResponse:
    """200, with the least wait before asking again."""
    return JsonResponse(body, headers={"Retry-After": RETRY_SECONDS})


def in_words(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let a view in without a session, and give a 405 the API's error shape."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code != 405:
            return response
        error = ApiError(405, "NotAllowed", f"{request.method} is not allowed here.")
        refusal = HttpResponse(json.dumps(error.body()), status=405)
        refusal["Content-Type"] = "application/json"
        refusal["Allow"] = response.headers.get("Allow", "")
        return refusal

    wrapped.login_required = False  # type: ignore[attr-defined]  # read by the middleware
    wrapped.csrf_exempt = True  # type: ignore[attr-defined]  # authorised by key, not by cookie
    return wrapped
