"""Fetching a dataset's content from the address that the client named."""

import ipaddress
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.core.files import File

from localspeech import storage
from localspeech.engine.errors import EngineError
from localspeech.models import Dataset, StoredFile

_TIMEOUT = (5, 60)
_CHUNK = 1024 * 1024


def fetch(row: Dataset) -> None:
    """Store the content, unless an earlier attempt did. Raises EngineError."""
    if StoredFile.objects.filter(owner=row.pk, name=storage.DATA).exists():
        return
    with downloaded(row.content_url) as file:
        storage.keep(row.pk, storage.DATA, "LanguageData", File(file))


@contextmanager
def downloaded(url: str) -> Iterator[IO[bytes]]:
    """The content of a public address, at most 2 GB, as a temporary file. Raises EngineError."""
    check_public(url)
    with tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as file:
        try:
            _download(url, file)
        except requests.RequestException as error:
            reason = type(error).__name__
            raise EngineError(
                "DataImportFailed", f"The content could not be fetched ({reason})."
            ) from None
        file.seek(0)
        yield file


def _download(url: str, file: IO[bytes]) -> None:
    with requests.get(url, stream=True, timeout=_TIMEOUT, allow_redirects=False) as answer:
        if answer.status_code != 200:
            raise EngineError(
                "DataImportFailed",
                f"The content's address answered {answer.status_code}; it must answer a plain GET.",
            )
        size = 0
        for chunk in answer.iter_content(_CHUNK):
            size += len(chunk)
            if size > settings.LARGEST_UPLOAD:
                raise EngineError("FileTooLarge", "The content is larger than 2 GB.")
            file.write(chunk)


def check_public(url: str, code: str = "DataImportFailed") -> None:
    """Raise EngineError of that code when the address leads into a private network."""
    if settings.LOCALSPEECH_ALLOW_PRIVATE_URLS:
        return
    parts = urlsplit(url)
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 80, proto=socket.IPPROTO_TCP)
    except OSError:
        raise EngineError(code, f"The host {parts.hostname} of the address is not known.") from None
    if not all(ipaddress.ip_address(one[4][0]).is_global for one in found):
        raise EngineError(
            code, f"The address {parts.hostname} lies in a private network, which is not allowed."
        )
