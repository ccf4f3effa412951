"""One page of a list, as a person asked for it in the address."""

import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.html import conditional_escape, escape, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from training.grids import rowcache
from training.grids.base import Column, Grid, Text

_NEVER_EMPTY = frozenset({"display_name", "created_at", "status"})


@dataclass(frozen=True)
class Head:
    """A column's heading; `direction` is "ascending", "descending" or ""."""

    key: str
    label: Text
    numeric: bool
    url: str
    direction: str


@dataclass(frozen=True)
class Choice:
    """A column in the chooser."""

    key: str
    label: Text
    is_shown: bool


def _text(html: str) -> str:
    return " ".join(unescape(strip_tags(conditional_escape(html))).split())


class GridPage:
    """Rows of one page with what is around them, by a count and the rows."""

    def __init__(
        self, grid: Grid, request: HttpRequest, rows: "QuerySet[Any]", settings: Mapping[str, Any]
    ) -> None:
        self.grid, self._all, self._settings = grid, rows, settings
        query = request.GET
        self.filter = grid.filters(query, queryset=rows, request=request)
        self.columns = grid.shown(settings.get("columns"))
        self.sort = self._valid_sort(query.get("sort", ""))
        self._parameters = {
            name: value for name in self.filter.filters if (value := query.get(name, ""))
        }
        self.is_filtered = bool(self._parameters)
        narrowed = self.filter.qs if self.is_filtered else rows
        found = narrowed.order_by(*self._ordering())
        self._found = found
        lean = found.select_related(None).prefetch_related(None).values_list("pk", "changed_at")
        paginator = Paginator(lean, grid.page_size)
        self.page: Page[Any] = paginator.get_page(query.get("page"))
        self.shown: list[tuple[int, datetime]] = list(self.page)

    def _valid_sort(self, wanted: str) -> str:
        column = self.grid.column(wanted.removeprefix("-"))
        return wanted if column and column.sort else self.grid.sort

    def _ordering(self) -> tuple[Any, str]:
        """Rows without a value come last; columns that always have one can use their index."""
        column = self.grid.column(self.sort.removeprefix("-"))
        path = column.sort if column else "created_at"
        sign = "-" if self.sort.startswith("-") else ""
        if path in _NEVER_EMPTY:
            return f"{sign}{path}", f"{sign}pk"
        order = F(path).desc(nulls_last=True) if sign else F(path).asc(nulls_last=True)
        return order, f"{sign}pk"

    @property
    def is_compact(self) -> bool:
        """Whether the person prefers low rows."""
        return bool(self._settings.get("compact"))

    @property
    def conditions(self) -> str:
        """What the list is narrowed by, as one text."""
        return urlencode(self._parameters)

    @property
    def total(self) -> int:
        """How many rows match."""
        return self.page.paginator.count

    @property
    def token(self) -> str:
        """Differs when a shown row changes, comes or goes: newest change, and a sum of the rows."""
        newest = max((at.timestamp() for _pk, at in self.shown), default=0.0)
        shown = f"{self.total}:{','.join(str(pk) for pk, _changed_at in self.shown)}"
        return f"{newest:.6f}-{zlib.crc32(shown.encode()):x}"

    def address(self, **changes: str) -> str:
        """The query of this list with some parts changed."""
        parts = {"sort": self.sort, **self._parameters, **changes}
        return "?" + urlencode({name: value for name, value in parts.items() if value})

    @property
    def here(self) -> str:
        """The query of this very page."""
        return self.address(page=str(self.page.number))

    @property
    def csv(self) -> str:
        """The query of all matching rows as a file."""
        return self.address(format="csv")

    @property
    def earlier(self) -> str:
        """The query of the page before, or ""."""
        return (
            self.address(page=str(self.page.previous_page_number()))
            if self.page.has_previous()
            else ""
        )

    @property
    def later(self) -> str:
        """The query of the page after, or ""."""
        return self.address(page=str(self.page.next_page_number())) if self.page.has_next() else ""

    @property
    def choices(self) -> list[Choice]:
        """Columns that can be switched on and off."""
        return [Choice(one.key, one.label, one in self.columns) for one in self.grid.columns[1:]]

    def heads(self) -> Iterator[Head]:
        """Headings; a sortable one leads to the list sorted by it, reversed at a second click."""
        for column in self.columns:
            mine = self.sort.removeprefix("-") == column.key
            falling = self.sort.startswith("-")
            wanted = column.key if not mine or falling else f"-{column.key}"
            yield Head(
                column.key,
                column.label,
                column.numeric,
                self.address(sort=wanted) if column.sort else "",
                ("descending" if falling else "ascending") if mine else "",
            )

    def body(self) -> SafeString:
        """All rows as HTML."""
        asked_for = (self.grid.name, *(one.key for one in self.columns), get_language())
        keys = [(pk, changed_at, asked_for) for pk, changed_at in self.shown]
        return mark_safe("".join(rowcache.rendered(keys, self._render)))  # noqa: S308  # cells escape

    @property
    def picture(self) -> str:
        """What is drawn above the list, for the shown rows in their order."""
        if self.grid.picture is None or not self.shown:
            return ""
        rows = self.rows(pk for pk, _changed_at in self.shown)
        return self.grid.picture([rows[pk] for pk, _changed_at in self.shown if pk in rows])

    def table(self) -> Iterator[list[str]]:
        """Headings, then every matching row, as text of all columns."""
        yield [str(one.label) for one in self.grid.columns]
        for row in self._found.iterator(chunk_size=500):
            yield [_text(one.cell(row)) for one in self.grid.columns]

    def rows(self, keys: Iterable[int]) -> dict[int, Any]:
        """The rows of these primary keys, with what their cells need."""
        return {row.pk: row for row in self._all.filter(pk__in=list(keys))}

    def _render(self, keys: list[Any]) -> dict[Any, str]:
        rows = self.rows(key[0] for key in keys)
        return {key: self.row(rows[key[0]]) for key in keys if key[0] in rows}

    def row(self, row: Any, more: str = "") -> str:
        """One row as HTML; `more` are attributes of ours."""
        name = self.grid.name
        cells = "".join(map(self._cell, self.columns[1:], [row] * (len(self.columns) - 1)))
        return (
            f'<tr id="{name}-{row.pk}"{more}>{self._select(row)}'
            f'<th scope="row">{conditional_escape(self.columns[0].cell(row))}</th>{cells}</tr>'
        )

    def _cell(self, column: Column, row: Any) -> str:
        opening = '<td class="numeric">' if column.numeric else "<td>"
        return f"{opening}{conditional_escape(column.cell(row))}</td>"

    def _select(self, row: Any) -> str:
        if not self.grid.selectable:
            return ""
        label = escape(_("Select %(name)s") % {"name": row})
        return (
            '<td class="select"><input type="checkbox" form="selection" name="pk" '
            f'value="{row.pk}" aria-label="{label}"></td>'
        )
