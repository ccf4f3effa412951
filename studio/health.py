"""Addresses for supervisors, load balancers and monitoring.

They are answered before all else: whatever host name is asked for, with or without TLS, and
without a session.
"""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache

from studio.front import DIRECT

Answer = Callable[[HttpRequest], HttpResponse]


def monitoring(get_response: Answer) -> Answer:
    """Middleware that answers the addresses of this file itself."""

    def answer(request: HttpRequest) -> HttpResponse:
        return _VIEWS.get(request.path_info, get_response)(request)

    return answer


@never_cache
def livez(request: HttpRequest) -> HttpResponse:
    """200 while the process answers."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when every part is well, else 503 with those that are not.

    `?exclude=NAME` leaves a part out, as often as wanted: a load balancer need not take the pages
    away while a worker is gone.
    """
    from studio.readiness import parts

    found = parts(set(request.GET.getlist("exclude")))
    failing = [name for name, part in found.items() if not part["ok"]]
    body = {"ok": not failing, "failing": failing, "parts": found}
    return JsonResponse(body, status=503 if failing else 200)


@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures in Prometheus' text format, counted when they are asked for."""
    refusal = _refusal(request)
    if refusal:
        return HttpResponse(refusal, status=403, content_type="text/plain")
    from studio.metrics import CONTENT_TYPE, exposition

    return HttpResponse(exposition(), content_type=CONTENT_TYPE)


def _refusal(request: HttpRequest) -> str:
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "")
        if constant_time_compare(given, f"Bearer {settings.METRICS_TOKEN}"):
            return ""
        return "Metrics want the header Authorization: Bearer with METRICS_TOKEN.\n"
    if request.META.get(DIRECT) and _is_loopback(request.META.get("REMOTE_ADDR", "")):
        return ""
    return "Without METRICS_TOKEN only this machine itself may ask for metrics, past any proxy.\n"


def _is_loopback(text: str) -> bool:
    try:
        return ipaddress.ip_address(text).is_loopback
    except ValueError:
        return False


_VIEWS: dict[str, Answer] = {"/livez": livez, "/readyz": readyz, "/metrics": metrics}
