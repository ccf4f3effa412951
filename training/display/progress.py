"""How a model's training goes or went, as a service tells it among the custom properties."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from training.models import CustomModel


@dataclass(frozen=True)
class Progress:
    """A phase in words; how much of it is done and how long the rest takes, where known."""

    phase: str
    percent: int | None
    left: timedelta | None


def progress(row: CustomModel) -> Progress | None:
    """The training's progress, None where the service tells nothing or it has ended."""
    phase = _text(row, "trainingPhase")
    if row.is_final or not phase:
        return None
    seconds = _number(row, "trainingSecondsLeft")
    return Progress(
        phase=phase,
        percent=_number(row, "trainingPercent"),
        left=None if seconds is None else timedelta(seconds=seconds),
    )


def outcome(row: CustomModel) -> str:
    """What the training made of recordings, "" where the service does not say."""
    return _text(row, "trainingOutcome")


def _text(row: CustomModel, name: str) -> str:
    told = row.raw.get("customProperties") if isinstance(row.raw, Mapping) else None
    found: Any = told.get(name) if isinstance(told, Mapping) else None
    return found[:500] if isinstance(found, str) else ""


def _number(row: CustomModel, name: str) -> int | None:
    found = _text(row, name)
    return int(found) if found.isdecimal() and len(found) < 8 else None
