"""The utterances of a test: narrowed, ordered, as rows of a table, and their audio."""

import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import F, Q, QuerySet

from training.models import Evaluation, Utterance

_LARGEST_CLIP = 64 * 1024**2
COLUMNS = (
    "position", "file", "reference",
    "text1", "substitutions1", "deletions1", "insertions1",
    "text2", "substitutions2", "deletions2", "insertions2",
)  # fmt: skip


def narrowed(
    test: Evaluation, show: Sequence[str], differences: bool, order: str
) -> "QuerySet[Utterance]":
    """Those with one of these kinds of error by either model; all for no kind."""
    rows = test.utterances.all()
    if show:
        wanted = Q()
        for kind in show:
            wanted |= Q(**{f"{kind}1__gt": 0}) | Q(**{f"{kind}2__gt": 0})
        rows = rows.filter(wanted)
    if differences:
        rows = rows.exclude(text1=F("text2"))
    return rows.order_by(*([order] if order else []), "position")


def table(test: Evaluation) -> Iterator[tuple[Any, ...]]:
    """A heading, then a row for each utterance."""
    yield COLUMNS
    yield from test.utterances.order_by("position").values_list(*COLUMNS).iterator(500)


def clip(utterance: Utterance) -> bytes | None:
    """The WAV file of an utterance, from our copy of the dataset; None when we have none."""
    file = utterance.evaluation.dataset.file
    if not file:
        return None
    try:
        with file.open("rb") as opened, zipfile.ZipFile(opened) as archive:
            if archive.getinfo(utterance.file).file_size > _LARGEST_CLIP:
                return None
            return archive.read(utterance.file)
    except (KeyError, OSError, zipfile.BadZipFile):
        return None
