"""Pages that keep themselves up to date: the same address, and a fragment when htmx asks."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from training.models import ModelCopy, RemoteObject, RenewalPlan

Row = RemoteObject | ModelCopy | RenewalPlan


def live_page(
    request: HttpRequest,
    template: str,
    context: Callable[[], dict[str, Any]],
    rows: Iterable[Row],
) -> HttpResponse:
    """The page; to a poll only its part `live`, or 204 when no row has changed since.

    `context` is called only when something is shown: a poll without news stays cheap, and
    asks no speech service.
    """
    shown = list(rows)
    token = _token(shown)
    since = request.GET.get("since", "")
    asked_live = request.headers.get("HX-Request") == "true" and bool(since)
    if asked_live and since == token:
        return HttpResponse(status=204)
    news = _news(shown, since) if asked_live else ""
    found = context() | {"live_token": token, "announcement": news}
    response = render(request, f"{template}#live" if asked_live else template, found)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def asked_part(request: HttpRequest) -> str:
    """ID of the part of a page that htmx asks for; "" for the page itself, or a poll."""
    is_back = request.headers.get("HX-History-Restore-Request") == "true"
    if request.headers.get("HX-Request") != "true" or is_back or "since" in request.GET:
        return ""
    return request.headers.get("HX-Target", "")


def _token(rows: list[Row]) -> str:
    newest = max((row.changed_at.timestamp() for row in rows), default=0.0)
    return f"{newest:.6f}-{len(rows)}"


def _news(rows: list[Row], since: str) -> str:
    try:
        before = float(since.split("-")[0])
    except ValueError:
        return ""
    changed = [row for row in rows if row.changed_at.timestamp() > before + 1e-6]
    return "; ".join(f"{row.display_name}: {row.status_word}" for row in changed[:5])
