"""Fetching a dataset's content from the address that the client named."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

import requests
from django.conf import settings
from django.core.files import File

from localspeech import storage
from localspeech.engine.errors import EngineError
from localspeech.jobs.outside import session
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
def downloaded(url: str, largest: int = settings.LARGEST_UPLOAD) -> Iterator[IO[bytes]]:
    """The content of a public address as a temporary file. Raises EngineError."""
    with (
        session(url) as outside,
        tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as file,
    ):
        try:
            _download(outside, url, file, largest)
        except requests.RequestException as error:
            reason = type(error).__name__
            raise EngineError(
                "DataImportFailed", f"The content could not be fetched ({reason})."
            ) from None
        file.seek(0)
        yield file


def _download(outside: requests.Session, url: str, file: IO[bytes], largest: int) -> None:
    with outside.get(url, stream=True, timeout=_TIMEOUT, allow_redirects=False) as answer:
        if answer.status_code != 200:
            raise EngineError(
                "DataImportFailed",
                f"The content's address answered {answer.status_code}; it must answer a plain GET.",
            )
        size = 0
        for chunk in answer.iter_content(_CHUNK):
            size += len(chunk)
            if size > largest:
                megabytes = largest // 1024**2
                raise EngineError("FileTooLarge", f"The content is larger than {megabytes:,} MB.")
            file.write(chunk)
