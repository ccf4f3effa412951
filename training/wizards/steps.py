"""Steps of any wizard: which comes next, and which can be opened."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import TextChoices

S = TypeVar("S", bound=TextChoices)


@dataclass(frozen=True)
class Problem:
    """Why a draft cannot be submitted, and where to mend it."""

    step: TextChoices
    field: str
    message: str


class NotReady(Exception):
    """The draft lacks something; `problems` says what, and at which step."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(str(problem.message) for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Line:
    """One line of a review and the step that changes it; `until` is a last day to show."""

    step: TextChoices
    label: str
    value: str
    until: datetime | None = None


@dataclass(frozen=True)
class Place:
    """One step as the rail shows it."""

    step: TextChoices
    number: int
    is_current: bool
    is_open: bool


def following(steps: Sequence[S], step: S) -> S:
    """The step after this one; nothing follows the last."""
    return steps[min(steps.index(step) + 1, len(steps) - 1)]


def before(steps: Sequence[S], step: S) -> S | None:
    """The step before this one."""
    place = steps.index(step)
    return steps[place - 1] if place else None


def resume(steps: Sequence[S], visited: Collection[str]) -> S:
    """The first step that nobody has seen yet; the last when all were."""
    return next((one for one in steps if one.value not in visited), steps[-1])


def rail(steps: Sequence[S], visited: Collection[str], current: S) -> list[Place]:
    """Every step; those that were visited can be opened."""
    return [
        Place(step, number, step == current, step != current and step.value in visited)
        for number, step in enumerate(steps, 1)
    ]
