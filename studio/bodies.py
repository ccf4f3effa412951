"""Raw bodies of requests, kept on disk rather than in memory."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpRequest

_PIECE = 256 * 1024


class BodyTooLarge(Exception):
    """More came than may."""


@contextmanager
def spooled(request: HttpRequest, largest: int) -> Iterator[TemporaryUploadedFile]:
    """The body as a file at its beginning, with its `size` in bytes; a storage may move it away.

    `request.body` would keep all of it with the request until Python's garbage collector comes.
    Raises BodyTooLarge, before reading where the length is announced.
    """
    announced = int(request.headers.get("Content-Length") or 0)
    with TemporaryUploadedFile("body", None, 0, None) as file:
        size = announced if announced > largest else 0
        while size <= largest and (piece := request.read(_PIECE)):
            size += len(piece)
            file.write(piece)
        if size > largest:
            raise BodyTooLarge
        file.size = size
        file.seek(0)
        yield file
