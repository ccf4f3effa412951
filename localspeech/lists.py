"""Lists with filter and paging."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from localspeech.errors import invalid
from localspeech.filters import matches, parse

_DEFAULT_TOP, _LARGEST_TOP = 100, 1000
Show = Callable[[HttpRequest, Any], dict[str, Any]]


def page(
    request: HttpRequest, rows: "QuerySet[Any]", fields: Mapping[str, str], show: Show
) -> dict[str, Any]:
    """One page of rows. Raises ApiError for a parameter that cannot be used."""
    text = request.GET.get("filter", "")
    return _page(request, rows.filter(parse(text, fields)) if text else rows, show)


def page_of(
    request: HttpRequest,
    rows: Sequence[Any],
    fields: Mapping[str, str],
    values: Callable[[Any], Mapping[str, Any]],
    show: Show,
) -> dict[str, Any]:
    """`page` for rows that are in no table; `values` gives a row's columns."""
    text = request.GET.get("filter", "")
    if text:
        condition = parse(text, fields)
        rows = [row for row in rows if matches(condition, values(row))]
    return _page(request, rows, show)


def _page(request: HttpRequest, rows: Any, show: Show) -> dict[str, Any]:
    skip, top = _number(request, "skip", 0), _number(request, "top", _DEFAULT_TOP)
    top = min(max(top, 1), _LARGEST_TOP)
    found = list(rows[skip : skip + top + 1])
    answer: dict[str, Any] = {"values": [show(request, row) for row in found[:top]]}
    if len(found) > top:
        query = request.GET.copy()
        query["skip"], query["top"] = str(skip + top), str(top)
        answer["@nextLink"] = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
    return answer


def _number(request: HttpRequest, name: str, default: int) -> int:
    text = request.GET.get(name, "")
    if not text:
        return default
    if not text.isdecimal() or len(text) > 9:
        raise invalid(
            f"{name} must be a whole number, not '{text[:20]}'.", "InvalidParameter", name
        )
    return int(text)
