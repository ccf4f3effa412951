"""Word error rates of several tests of one dataset, as series."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Shown(TextChoices):
    """Which rates of the tests are shown."""

    BOTH = "both", _("Both models")
    FIRST = "first", _("Model 1 alone")
    BASELINE = "baseline", _("Each model against its own baseline")


@dataclass(frozen=True)
class Reading:
    """One model's rate in one test, a fraction, with the ends of its interval where it is known."""

    model: Any
    rate: float
    low: float
    high: float


@dataclass(frozen=True)
class Moment:
    """One test with a reading for each series; None where the series has nothing to show."""

    test: Any
    readings: tuple[Reading | None, ...]


LABELS: dict[str, tuple[Any, ...]] = {
    Shown.BOTH: (_("Model 1"), _("Model 2")),
    Shown.FIRST: (_("Model 1"),),
    Shown.BASELINE: (_("Model"), _("Its baseline")),
}


def moments(tests: Sequence[Any], shown: str) -> list[Moment]:
    """The tests that have something to show, in the order given."""
    found = [Moment(one, _READERS[Shown(shown)](one)) for one in tests]
    return [one for one in found if one.readings and one.readings[0]]


def _first(test: Any) -> tuple[Reading | None, ...]:
    return (_reading(test, 1),)


def _both(test: Any) -> tuple[Reading | None, ...]:
    return _reading(test, 1), None if test.has_one_model else _reading(test, 2)


def _against_baseline(test: Any) -> tuple[Reading | None, ...]:
    """The custom model first, whichever place it has in the test."""
    for mine, other in ((1, 2), (2, 1)):
        base = getattr(getattr(test, f"custom_model{mine}"), "base_model_id", None)
        if base is not None and getattr(test, f"base_model{other}_id") == base:
            return _reading(test, mine), _reading(test, other)
    return ()


_READERS = {Shown.BOTH: _both, Shown.FIRST: _first, Shown.BASELINE: _against_baseline}


def _reading(test: Any, number: int) -> Reading | None:
    rate = test.figures(number).get("word_error_rate")
    if rate is None:
        return None
    low, high = test.analysis.get(f"interval{number}") or (rate, rate)
    return Reading(test.model1 if number == 1 else test.model2, rate, low, high)
