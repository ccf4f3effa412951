"""Files that the service keeps for our rows, passed through without storing them."""

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import Any

from training.models import RemoteObject
from training.services import connection
from training.speechapi.errors import NotFound
from training.speechapi.types import File

_LARGEST_DETAILS = 50 * 1024 * 1024
_CHUNK = 256 * 1024


def list_files(row: Any) -> list[File]:
    """Files of a dataset, model or evaluation. Raises a SpeechApiError."""
    if not row.remote_self:
        return []
    with connection.client(row.resource) as client:
        return client.files(row.remote_self, row.link("files"))


def open_file(row: Any, file_id: str) -> tuple[str, Iterator[bytes]]:
    """Name and content of one file; the connection closes with the content.

    Raises a SpeechApiError.
    """
    with ExitStack() as stack:
        client = stack.enter_context(connection.client(row.resource))
        listed = client.files(row.remote_self, row.link("files"))
        found = next((one for one in listed if one.id == file_id), None)
        if found is None:
            raise NotFound("The service has no such file any more.", status=404)
        response = stack.enter_context(client.content(found))
        return found.name, _until_read(response.iter_content(_CHUNK), stack.pop_all())


def _until_read(content: Iterator[bytes], stack: ExitStack) -> Iterator[bytes]:
    with stack:
        yield from content


def manifest(model: Any) -> Mapping[str, Any]:
    """A model's manifest. Raises a SpeechApiError."""
    with connection.client(model.resource) as client:
        return client.manifest(model.remote_self)


def evaluation_details(row: RemoteObject) -> list[dict[str, Any]]:
    """Utterances with both models' texts, when the service offers them in our form."""
    with connection.client(row.resource) as client:  # type: ignore[attr-defined]
        listed = client.files(row.remote_self, row.link("files"))
        found = [one for one in listed if one.kind == "EvaluationDetails"]
        if not found or (found[0].size or 0) > _LARGEST_DETAILS:
            return []
        try:
            details = json.loads(client.content(found[0]).content)
        except ValueError:
            return []
    return details if isinstance(details, list) else []
