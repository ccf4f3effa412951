"""What the figures of two models say about each other, and how to read them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_CLEAR_SHARE = 0.05
_CLEAR_ERRORS = 3
_ERRORS = ("substitution_count", "deletion_count", "insertion_count")
_MEASURES: tuple[tuple[str, Any, bool, bool], ...] = (
    ("word_error_rate", gettext_lazy("Word error rate"), True, True),
    ("sentence_error_rate", gettext_lazy("Sentence error rate"), True, True),
    ("substitution_count", gettext_lazy("Substitutions"), False, True),
    ("deletion_count", gettext_lazy("Deletions"), False, True),
    ("insertion_count", gettext_lazy("Insertions"), False, True),
    ("token_error_rate", gettext_lazy("Token error rate"), True, True),
    ("word_count", gettext_lazy("Words"), False, False),
    ("sentence_count", gettext_lazy("Utterances"), False, False),
)
_EDITS: tuple[tuple[str, Any], ...] = (
    ("punctuation_edits", gettext_lazy("Punctuation")),
    ("capitalization_edits", gettext_lazy("Capitalization")),
    ("itn_edits", gettext_lazy("Numbers, dates and the like")),
    ("lexical_edits", gettext_lazy("Words")),
    ("other_edits", gettext_lazy("Others")),
)


@dataclass(frozen=True)
class Measure:
    """One figure of both models; `is_rate` for fractions, else a count."""

    label: "str | Promise"
    first: float | None
    second: float | None
    is_rate: bool
    is_error: bool

    @property
    def change(self) -> float | None:
        """From the second model to the first, as a share of the second: -0.5 is half as many."""
        if not self.is_error or self.first is None or not self.second:
            return None
        return (self.first - self.second) / self.second


@dataclass(frozen=True)
class Edits:
    """Token errors of one sort, by model: how many, and their share of all, computed here."""

    label: "str | Promise"
    counts: tuple[int | None, int | None]
    shares: tuple[float | None, float | None]


@dataclass(frozen=True)
class Comparison:
    """The first model's figures against the second's, as the API gives them.

    `names` are the models'; a test of one model has its figures twice.
    """

    first: Mapping[str, Any]
    second: Mapping[str, Any]
    analysis: Mapping[str, Any] = field(default_factory=dict)
    names: tuple[str, str] = ("", "")
    has_one_model: bool = False

    def measures(self) -> list[Measure]:
        """Every figure that is known of either model."""
        found = [
            Measure(label, self.first.get(name), self.second.get(name), is_rate, is_error)
            for name, label, is_rate, is_error in _MEASURES
        ]
        return [one for one in found if one.first is not None or one.second is not None]

    def token_errors(self) -> list[Edits]:
        """By sort; empty where the service counts no tokens."""
        totals = [sum(side.get(name, 0) for name, _label in _EDITS) for side in self._sides]
        found = []
        for name, label in _EDITS:
            one, other = (side.get(name) for side in self._sides)
            shares = (_part(one, totals[0]), _part(other, totals[1]))
            if one is not None or other is not None:
                found.append(Edits(label, (one, other), shares))
        return found

    @property
    def _sides(self) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        return self.first, self.second

    @property
    def change(self) -> float | None:
        """Share of errors that the first model makes less (positive) or more (negative)."""
        mine, other = self.first.get("word_error_rate"), self.second.get("word_error_rate")
        if self.has_one_model or mine is None or not other:
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
        values = {**self._named, "share": f"{abs(change):.0%}"}
        if abs(change) < _CLEAR_SHARE or difference < _CLEAR_ERRORS:
            return _("No clear difference between %(one)s and %(other)s.") % values
        if change > 0:
            return _("%(one)s makes %(share)s fewer errors than %(other)s.") % values
        return _("%(one)s makes %(share)s more errors than %(other)s.") % values

    @property
    def _named(self) -> dict[str, str]:
        return {"one": self.names[0], "other": self.names[1]}

    def _sure(self, change: float, interval: Sequence[float]) -> str:
        """The change with its 95% interval, which tells chance from a real difference."""
        low, high = interval
        values = {**self._named, "share": f"{abs(change):.0%}"}
        if low > 0:
            values |= {"low": f"{low:.0%}", "high": f"{high:.0%}"}
            text = _(
                "%(one)s makes %(share)s fewer errors than %(other)s. That is sure: 95%% of such "
                "tests would show %(low)s to %(high)s fewer."
            )
        elif high < 0:
            values |= {"low": f"{-high:.0%}", "high": f"{-low:.0%}"}
            text = _(
                "%(one)s makes %(share)s more errors than %(other)s. That is sure: 95%% of such "
                "tests would show %(low)s to %(high)s more."
            )
        else:
            values |= {"low": _share(low), "high": _share(high)}
            text = _(
                "No clear difference between %(one)s and %(other)s: such tests would show anything "
                "from %(low)s to %(high)s."
            )
        return text % values

    @property
    def guide(self) -> str:
        """How to read the first model's figures, in one sentence."""
        rate = self.first.get("word_error_rate")
        if rate is None:
            return ""
        values = {"one": self.names[0], "rate": f"{rate:.1%}", "hint": _hint(self.first)}
        if rate <= 0.10:
            text = _("%(rate)s for %(one)s is good and ready for most uses%(hint)s.")
        elif rate < 0.30:
            text = _("%(rate)s for %(one)s is acceptable and can be improved%(hint)s.")
        else:
            text = _("%(rate)s for %(one)s is poor%(hint)s.")
        return text % values


def _hint(figures: Mapping[str, Any]) -> str:
    """What the most frequent kind of error points to; "" when none prevails."""
    total = _errors(figures)
    name = max(_ERRORS, key=lambda one: figures.get(one) or 0)
    if total < _CLEAR_ERRORS or 2 * (figures.get(name) or 0) <= total:
        return ""
    return {
        "substitution_count": _(
            "; most of its errors are substitutions, which hint at words of the domain that it "
            "does not know"
        ),
        "deletion_count": _("; most of its errors are deletions, which hint at a weak signal"),
        "insertion_count": _(
            "; most of its errors are insertions, which hint at noise or several people speaking"
        ),
    }[name]


def _share(change: float) -> str:
    """A change in words: positive is fewer errors."""
    text = _("%(share)s fewer") if change >= 0 else _("%(share)s more")
    return text % {"share": f"{abs(change):.0%}"}


def _part(count: int | None, total: int) -> float | None:
    return None if count is None or not total else count / total


def _errors(figures: Mapping[str, Any]) -> int:
    return sum(int(figures.get(name) or 0) for name in _ERRORS)
