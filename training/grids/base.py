"""What a list consists of."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import django_filters
from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class Column:
    """One column: `cell` gives a row's HTML, `sort` the field to order by."""

    key: str
    label: Text
    cell: Callable[[Any], str]
    sort: str = ""
    numeric: bool = False
    shown: bool = True


@dataclass(frozen=True)
class Grid:
    """A list of rows of one kind. The first column names the row and is always shown.

    `picture` gives HTML above the list, for the rows of the page; `state` the words in which a
    changed row is announced.
    """

    name: str
    label: Text
    columns: tuple[Column, ...]
    filters: type[django_filters.FilterSet]
    empty: str
    sort: str = "-created"
    page_size: int = 50
    selectable: bool = True
    state: Callable[[Any], Any] = attrgetter("status_word")
    picture: Callable[[list[Any]], str] | None = None

    def column(self, key: str) -> Column | None:
        """The column of that key."""
        return next((one for one in self.columns if one.key == key), None)

    def shown(self, chosen: list[str] | None) -> list[Column]:
        """The columns a person has chosen, or the usual ones."""
        first, rest = self.columns[0], self.columns[1:]
        if chosen is None:
            return [first, *(one for one in rest if one.shown)]
        return [first, *(one for one in rest if one.key in chosen)]
