"""Tables as files."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header


class _Echo:
    def write(self, line: str) -> str:
        return line


def csv_answer(name: str, rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """A CSV file in UTF-8, a line at a time; its first row is the heading."""
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return StreamingHttpResponse(
        _lines(rows), content_type="text/csv; charset=utf-8", headers=headers
    )


def _lines(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"  # spreadsheets take the file for Latin-1 without it
    for row in rows:
        yield writer.writerow([_inert(value) for value in row])


def _inert(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula is marked as text."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" else value
