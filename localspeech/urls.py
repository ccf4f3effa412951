"""Addresses of the local speech service."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, include, path

from localspeech import routes  # noqa: F401  # registers the operations
from localspeech.api import api, in_words
from localspeech.content import content
from localspeech.errors import ApiError


def _unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    message = "This address is not part of the service."
    return JsonResponse(ApiError(404, "NotFound", message).body(), status=404)


def _operations() -> list[URLPattern]:
    found = [one for one in api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"]
    for one in found:
        one.callback = in_words(one.callback)
    return found


urlpatterns = [
    path("v3.2/", include(_operations())),
    path("content/<str:signed>", in_words(content)),
    path("<path:rest>", in_words(_unknown)),
]
