"""Lists: the page, its rows alone when htmx narrows or sorts it, its changed rows for a poll."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.safestring import mark_safe

from training.grids.base import Grid
from training.grids.page import GridPage
from training.services import preferences
from training.services.connecting import count
from training.views.exports import csv_answer

_OUT_OF_BAND = ' hx-swap-oob="true"'


def list_page(
    request: HttpRequest,
    template: str,
    grid: Grid,
    rows: "QuerySet[Any]",
    context: dict[str, Any],
) -> HttpResponseBase:
    """A list at its address; htmx gets the part that it asks for, or 204 when nothing changed."""
    page = GridPage(grid, request, rows, preferences.of_grid(request.user, grid.name))
    if request.GET.get("format") == "csv":
        return csv_answer(f"{grid.label}.csv", page.table())
    context |= {"grid": page}
    response: HttpResponse
    if not _is_for_part(request):
        response = render(request, template, context | _elsewhere(context, rows))
    elif "since" in request.GET:
        response = _news(request, page, request.GET["since"])
    else:
        response = render(request, "components/grid_answer.html", context)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def _elsewhere(context: dict[str, Any], rows: "QuerySet[Any]") -> dict[str, Any]:
    """How many objects of the kind the project's resource has besides, in no project."""
    project, kind = context.get("project"), rows.model._meta.model_name or ""
    if project is None:
        return {}
    return {"elsewhere_count": count(project.resource, kind), "elsewhere_kind": kind}


def _is_for_part(request: HttpRequest) -> bool:
    asked = request.headers.get("HX-Request") == "true"
    return asked and request.headers.get("HX-History-Restore-Request") != "true"


def _news(request: HttpRequest, page: GridPage, since: str) -> HttpResponse:
    if page.token == since:
        return HttpResponse(status=204)
    before, _, shown = since.partition("-")
    newer = [pk for pk, at in page.shown if at.timestamp() > _number(before) + 1e-6]
    changed = list(page.rows(newer).values()) if newer else []
    same_rows = page.token.partition("-")[2] == shown
    rows = "".join(page.row(row, _OUT_OF_BAND) for row in changed)
    context = {
        "grid": page,
        "changed": mark_safe(rows) if same_rows else "",  # noqa: S308  # cells escape
        "renew": not same_rows,
        "announcement": "; ".join(f"{row}: {page.grid.state(row)}" for row in changed[:5]),
    }
    return render(request, "components/grid_news.html", context)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
