"""The utterances of a test: narrowed, ordered, as rows of a table, and their audio."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import ExpressionWrapper, F, IntegerField, Q, QuerySet

from training.models import Evaluation, Utterance
from training.services import samples

_MOST_WORDS = 8
# The columns are positive, their difference is not: without its type, negative bounds are ignored.
_GAIN = ExpressionWrapper(F("errors2") - F("errors1"), output_field=IntegerField())
_HEADINGS = {"errors1": "differences"}


def narrowed(test: Evaluation, chosen: Mapping[str, Any]) -> "QuerySet[Utterance]":
    """Those that match all of `chosen`: "q" words, "show" kinds of error, "differences"."""
    rows = test.utterances.all()
    for word in chosen.get("q", "").split()[:_MOST_WORDS]:
        rows = rows.filter(_somewhere(word))
    if chosen.get("show"):
        rows = rows.filter(_with_errors(chosen["show"]))
    if chosen.get("differences"):
        rows = rows.exclude(text1=F("text2"))
    return rows


def _somewhere(word: str) -> Q:
    found = Q()
    for name in ("reference", "text1", "text2", "file"):
        found |= Q(**{f"{name}__icontains": word})
    return found


def _with_errors(kinds: Sequence[str]) -> Q:
    found = Q()
    for kind in kinds:
        found |= Q(**{f"{kind}1__gt": 0}) | Q(**{f"{kind}2__gt": 0})
    return found


def ordered(rows: "QuerySet[Utterance]", order: str) -> "QuerySet[Utterance]":
    """By "errors1", "errors2" or "gain", falling with a minus; else as in the dataset."""
    if order.endswith("gain"):
        rows = rows.annotate(gain=_GAIN)
    return rows.order_by(*([order] if order else []), "position")


def loaded(rows: "QuerySet[Utterance]", keys: Sequence[int]) -> list[Utterance]:
    """The utterances of these primary keys, in their order.

    Ordering happens on keys alone: a database that sorts whole rows drags the alignments along.
    """
    by_key = rows.in_bulk(list(keys))
    return [by_key[key] for key in keys if key in by_key]


def place(rows: "QuerySet[Utterance]", order: str, position: int) -> int:
    """How many rows stand before an utterance in this order; 0 when it is not among them."""
    name = order.removeprefix("-")
    rows = rows.annotate(gain=_GAIN)
    mine = rows.filter(position=position).values(*([name] if name else ["position"])).first()
    if mine is None:
        return 0
    earlier = Q(position__lt=position)
    if name:
        side = "gt" if order.startswith("-") else "lt"
        earlier = Q(**{f"{name}__{side}": mine[name]}) | (earlier & Q(**mine))
    return rows.filter(earlier).count()


def columns(test: Evaluation) -> tuple[str, ...]:
    """What there is to say of each utterance of a test."""
    if test.is_inspection:
        return ("position", "file", "text1", "text2", "errors1")
    return (
        "position", "file", "reference",
        "text1", "substitutions1", "deletions1", "insertions1",
        "text2", "substitutions2", "deletions2", "insertions2",
    )  # fmt: skip


def table(test: Evaluation) -> Iterator[tuple[Any, ...]]:
    """A heading, then a row for each utterance."""
    names = columns(test)
    yield tuple(_HEADINGS.get(name, name) if test.is_inspection else name for name in names)
    yield from test.utterances.order_by("position").values_list(*names).iterator(500)


def clip(utterance: Utterance) -> samples.Clip | None:
    """The WAV file of an utterance, from our copy of the dataset; None when we have none."""
    return samples.clip(utterance.evaluation.dataset, utterance.file)
