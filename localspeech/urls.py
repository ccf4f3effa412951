"""Addresses of the local speech service: each operation in both versions of the API."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import URLPattern, include, path
from django.views.decorators.http import require_safe

from localspeech import routes  # noqa: F401  # registers the operations
from localspeech.api import api, in_words
from localspeech.content import content
from localspeech.errors import ApiError, invalid
from localspeech.versions import PATH_VERSION, QUERY_VERSION

View = Callable[..., HttpResponseBase]
_ONLY_PATH = ("datasets/upload", "/files/logs")
_ONLY_QUERY = ("transcriptions:submit",)


def _unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    message = "This address is not part of the service."
    return JsonResponse(ApiError(404, "NotFound", message).body(), status=404)


def _operations(version: str) -> list[URLPattern]:
    left_out = _ONLY_QUERY if version == PATH_VERSION else _ONLY_PATH
    found = [one for one in api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"]
    return [
        URLPattern(one.pattern, _in_version(version, in_words(one.callback)))
        for one in found
        if not any(part in str(one.pattern) for part in left_out)
    ]


def _in_version(version: str, view: View) -> View:
    """Ask requests of the query style for the version that they speak."""
    if version == PATH_VERSION:
        return view

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = request.GET.get("api-version", "")
        if asked == QUERY_VERSION:
            return view(request, *args, **kwargs)
        message = f"api-version must be {QUERY_VERSION}; v{PATH_VERSION} stands in the path."
        error = invalid(message, "InvalidParameterValue", "api-version")
        return JsonResponse(error.body(), status=400)

    return wrapped


urlpatterns = [
    path("v3.2/", include(_operations(PATH_VERSION))),
    path("content/<str:signed>", in_words(require_safe(content))),
    path("", include(_operations(QUERY_VERSION))),
    path("<path:rest>", in_words(_unknown)),
]
