"""Our copies of what people uploaded."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from training.models import Dataset

_CHUNK = 1024 * 1024


@contextmanager
def as_path(row: Dataset) -> Iterator[Path]:
    """The file as a path, copied here when its storage is elsewhere."""
    try:
        path = Path(row.file.path)
    except NotImplementedError:
        with tempfile.NamedTemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as copy:
            for chunk in row.file.chunks(_CHUNK):
                copy.write(chunk)
            copy.flush()
            yield Path(copy.name)
    else:
        yield path
