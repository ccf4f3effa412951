"""Files that the service keeps for our rows, passed through without storing them."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from typing import Any

from training.services import connection
from training.speechapi.types import File

_LARGEST_JSON = 50 * 1024 * 1024
_VOCABULARY = "vocabulary.json"
_CHUNK = 256 * 1024


def list_files(row: Any, most: int | None = None) -> list[File]:
    """The (first) files of a dataset, model or evaluation. Raises a SpeechApiError."""
    if not row.remote_self:
        return []
    with connection.client(row.resource) as client:
        return client.files(row.remote_self, row.link("files"), most)


def open_file(row: Any, file_id: str) -> tuple[str, Iterator[bytes]]:
    """Name and content of one file; the connection closes with the content.

    Raises a SpeechApiError.
    """
    with ExitStack() as stack:
        client = stack.enter_context(connection.client(row.resource))
        found = client.file(row.remote_self, file_id, row.link("files"))
        response = stack.enter_context(client.content(found))
        return found.name, _until_read(response.iter_content(_CHUNK), stack.pop_all())


def _until_read(content: Iterator[bytes], stack: ExitStack) -> Iterator[bytes]:
    with stack:
        yield from content


def manifest(model: Any) -> Mapping[str, Any]:
    """A model's manifest. Raises a SpeechApiError."""
    with connection.client(model.resource) as client:
        return client.manifest(model.remote_self)


def vocabulary(row: Any) -> Mapping[str, Any]:
    """What the service tells of a dataset's words, in the local service's form; else nothing."""
    told = _json_file(row, lambda one: one.kind == "DatasetReport" and one.name == _VOCABULARY)
    return told if isinstance(told, dict) else {}


def _json_file(row: Any, is_wanted: Callable[[File], bool]) -> Any:
    """The first such file of a row, decoded; None when there is none that can be read."""
    with connection.client(row.resource) as client:
        listed = client.files(row.remote_self, row.link("files"))
        found = next(filter(is_wanted, listed), None)
        if found is None or (found.size or 0) > _LARGEST_JSON:
            return None
        try:
            return json.loads(client.content(found).content)
        except ValueError:
            return None
