"""What two word error rates say about each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

_CLEAR_SHARE = 0.05
_CLEAR_ERRORS = 3


@dataclass(frozen=True)
class Comparison:
    """The first model's figures against the second's, as the API gives them."""

    first: Mapping[str, Any]
    second: Mapping[str, Any]
    analysis: Mapping[str, Any] = field(default_factory=dict)

    @property
    def change(self) -> float | None:
        """Share of errors that the first model makes less (positive) or more (negative)."""
        mine, other = self.first.get("word_error_rate"), self.second.get("word_error_rate")
        if mine is None or not other:
            return None
        return float((other - mine) / other)

    @property
    def sentence(self) -> str:
        """The change in words."""
        change = self.change
        if change is None:
            return ""
        if self.analysis.get("change"):
            return self._sure(change, self.analysis["change"])
        difference = abs(_errors(self.first) - _errors(self.second))
        if abs(change) < _CLEAR_SHARE or difference < _CLEAR_ERRORS:
            return _("No clear difference between the two models.")
        share = f"{abs(change):.0%}"
        if change > 0:
            return _("Model 1 makes %(share)s fewer errors than model 2.") % {"share": share}
        return _("Model 1 makes %(share)s more errors than model 2.") % {"share": share}

    def _sure(self, change: float, interval: Sequence[float]) -> str:
        """The change with its 95% interval, which tells chance from a real difference."""
        low, high = interval
        values = {"share": f"{abs(change):.0%}", "low": _share(low), "high": _share(high)}
        if low > 0:
            text = _(
                "Model 1 makes %(share)s fewer errors than model 2: sure, %(low)s to %(high)s."
            )
        elif high < 0:
            text = _("Model 1 makes %(share)s more errors than model 2: sure, %(high)s to %(low)s.")
        else:
            text = _("No clear difference between the two models: %(high)s to %(low)s errors.")
        return text % values

    @property
    def guide(self) -> str:
        """How to read the first model's rate."""
        rate = self.first.get("word_error_rate")
        if rate is None:
            return ""
        if rate <= 0.10:
            return _("Up to 10% is good and ready for most uses.")
        if rate < 0.30:
            return _("About 20% is acceptable; more data of the domain can improve it.")
        return _("30% or more is poor; adapt it with more data of the domain.")


def _share(change: float) -> str:
    """A change in words: positive is fewer errors."""
    text = _("%(share)s fewer") if change >= 0 else _("%(share)s more")
    return text % {"share": f"{abs(change):.0%}"}


def _errors(figures: Mapping[str, Any]) -> int:
    names = ("substitution_count", "deletion_count", "insertion_count")
    return sum(int(figures.get(name) or 0) for name in names)
