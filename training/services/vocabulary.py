"""Which words the training text of a model holds."""

import zipfile
from collections.abc import Iterable, Iterator

from training.alignment import words
from training.enums import DatasetKind
from training.models import BaseModel, CustomModel, Dataset
from training.validation.archives import transcript_names


def taught(model: CustomModel | BaseModel, wanted: Iterable[str]) -> set[str]:
    """Those of the wanted words that stand in the model's datasets, as far as we have copies."""
    left, found = set(wanted), set[str]()
    rows = model.datasets.exclude(file="") if isinstance(model, CustomModel) else ()
    for row in rows:
        for line in _lines(row):
            if not left:
                return found
            if here := left.intersection(words(line)):
                found |= here
                left -= here
    return found


def _lines(row: Dataset) -> Iterator[str]:
    try:
        if row.kind in (DatasetKind.ACOUSTIC, DatasetKind.AUDIO_FILES):
            yield from _transcript(row)
        else:
            yield from _text(row)
    except (OSError, zipfile.BadZipFile, NotImplementedError):
        return


def _text(row: Dataset) -> Iterator[str]:
    """Line by line, since a text may have 200 MB; of pronunciations the written form alone."""
    with row.file.open("rb") as file:
        for line in file:
            text = line.decode("utf-8-sig", errors="replace")
            yield text.partition("\t")[0] if row.kind == DatasetKind.PRONUNCIATION else text


def _transcript(row: Dataset) -> Iterator[str]:
    with row.file.open("rb") as file, zipfile.ZipFile(file) as archive:
        for name in transcript_names(archive)[:1]:
            with archive.open(name) as opened:
                for line in opened:
                    yield line.decode("utf-8-sig", errors="replace").partition("\t")[2]
