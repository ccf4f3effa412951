"""Keeps by what datasets are recognised, and compares those of a project."""

import hashlib
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training.models import Dataset, Fingerprint, Overlap
from training.validation.contents import Contents

_COUNTS = ("is_same_file", "shared_clips", "clips", "shared_sentences", "sentences")


def keep(row: Dataset, path: Path, contents: Contents) -> None:
    """Keep the fingerprint of a dataset's file, and compare it; safe to repeat.

    It is kept before it is compared, so of two datasets that come at once the later sees the
    earlier.
    """
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    marks = {"clips": _sorted(contents.clips), "sentences": _sorted(contents.sentences)}
    found = {"file_digest": digest, **marks}
    mine, _made = Fingerprint.objects.update_or_create(dataset=row, defaults=found)
    compare(mine)


def _sorted(marks: "array[int]") -> bytes:
    import numpy as np

    return np.sort(np.array(marks, "<u8")).tobytes()


def compare(mine: Fingerprint) -> None:
    """Note what the dataset shares with each other one of its project, in both directions."""
    row = mine.dataset
    others = Fingerprint.objects.filter(dataset__project_id=row.project_id)
    others = others.exclude(dataset=row).exclude(dataset=row.mended_from_id)
    keys = list(others.exclude(dataset__mended_from=row).values_list("pk", flat=True))
    Overlap.objects.bulk_create(
        [one for key in keys for one in _overlaps(mine, key)],
        update_conflicts=True,
        unique_fields=["dataset", "other"],
        update_fields=_COUNTS,
    )


def _overlaps(mine: Fingerprint, key: int) -> Iterator[Overlap]:
    other = Fingerprint.objects.filter(pk=key).first()
    if other is None:
        return
    is_same = mine.file_digest == other.file_digest
    for one, against in ((mine, other), (other, mine)):
        counts = _shared(one, against)
        if is_same or counts["shared_clips"] or counts["shared_sentences"]:
            yield Overlap(
                dataset_id=one.dataset_id, other_id=against.dataset_id,
                is_same_file=is_same, **counts,
            )  # fmt: skip


def _shared(one: Fingerprint, against: Fingerprint) -> dict[str, int]:
    found: dict[str, int] = {}
    for name in ("clips", "sentences"):
        mine, theirs = _marks(getattr(one, name)), _marks(getattr(against, name))
        found |= {name: len(mine), f"shared_{name}": shared(mine, theirs)}
    return found


def _marks(kept: Any) -> Any:
    import numpy as np

    return np.frombuffer(kept, "<u8")


def shared(mine: Any, theirs: Any) -> int:
    """How many of some sorted marks are among others, which are sorted too."""
    import numpy as np

    if not len(mine) or not len(theirs):
        return 0
    places = np.minimum(np.searchsorted(theirs, mine), len(theirs) - 1)
    return int((theirs[places] == mine).sum())
