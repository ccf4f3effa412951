"""The `filter` parameter: comparisons joined by and, or, not, and parentheses."""

import operator
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from localspeech.errors import ApiError, invalid

_TOKEN = re.compile(r"\s*(?:(\()|(\))|'((?:[^']|'')*)'|([^\s()']+))")
_LOOKUPS = {"eq": "", "ne": "", "gt": "__gt", "ge": "__gte", "lt": "__lt", "le": "__lte"}
_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}
_MOST_TOKENS = 200
_DATES = frozenset({"createdDateTime", "lastActionDateTime"})
FIELDS: Mapping[str, str] = {
    "displayName": "display_name",
    "description": "description",
    "locale": "locale",
    "createdDateTime": "created",
}
JOB_FIELDS = {**FIELDS, "status": "status", "lastActionDateTime": "last_action"}
DATASET_FIELDS = {**JOB_FIELDS, "kind": "kind"}
FILE_FIELDS: Mapping[str, str] = {"name": "name", "createdDateTime": "created", "kind": "kind"}
HOOK_FIELDS = {name: column for name, column in JOB_FIELDS.items() if name != "locale"}

Token = tuple[str, str]


def parse(text: str, fields: Mapping[str, str]) -> Q:
    """A condition. Raises ApiError (UnsupportedFilter) with what is wrong."""
    tokens = _tokens(text)
    if len(tokens) > _MOST_TOKENS:
        raise _fault("it is too long")
    parser = _Parser(tokens, fields)
    condition = parser.alternatives()
    if parser.tokens:
        raise _fault(f"'{parser.tokens[0][1]}' was not expected")
    return condition


def matches(condition: Q, values: Mapping[str, Any]) -> bool:
    """Whether a row that is in no table meets a condition; `values` by column."""
    found = [
        matches(one, values) if isinstance(one, Q) else _holds(one, values)
        for one in condition.children
    ]
    result = any(found) if condition.connector == Q.OR else all(found)
    return not result if condition.negated else result


def _holds(comparison: Any, values: Mapping[str, Any]) -> bool:
    path, wanted = comparison
    column, _, lookup = path.partition("__")
    return bool(_COMPARE[lookup](values[column], wanted))


def _tokens(text: str) -> list[Token]:
    if "\0" in text:
        raise _fault("it holds a null character")
    found, at = [], 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if not match:
            raise _fault(f"cannot be read from '{text[at : at + 20]}'")
        at = match.end()
        if match.group(3) is not None:
            found.append(("text", match.group(3).replace("''", "'")))
        else:
            found.append(("word", match.group(1) or match.group(2) or match.group(4)))
    return found


def _fault(reason: str) -> ApiError:
    return invalid(f"The filter is not valid: {reason}.", "UnsupportedFilter", "filter")


class _Parser:
    def __init__(self, tokens: list[Token], fields: Mapping[str, str]) -> None:
        self.tokens, self.fields = tokens, fields

    def alternatives(self) -> Q:
        condition = self.conjunction()
        while self._next_is("or"):
            condition |= self.conjunction()
        return condition

    def conjunction(self) -> Q:
        condition = self.term()
        while self._next_is("and"):
            condition &= self.term()
        return condition

    def term(self) -> Q:
        if self._next_is("not"):
            return ~self.term()
        if self._next_is("("):
            condition = self.alternatives()
            if not self._next_is(")"):
                raise _fault("a closing parenthesis is missing")
            return condition
        return self._comparison()

    def _comparison(self) -> Q:
        name, verb, value = self._take(), self._take(), self._take()
        if name not in self.fields:
            raise _fault(f"'{name}' cannot be filtered by here")
        if verb not in _LOOKUPS or (verb not in {"eq", "ne"} and name not in _DATES):
            raise _fault(f"'{verb}' cannot be used with {name}")
        typed: Any = _moment(value) if name in _DATES else value
        condition = Q(**{self.fields[name] + _LOOKUPS[verb]: typed})
        return ~condition if verb == "ne" else condition

    def _next_is(self, word: str) -> bool:
        if self.tokens and self.tokens[0] == ("word", word):
            self.tokens.pop(0)
            return True
        return False

    def _take(self) -> str:
        if not self.tokens:
            raise _fault("it ends too early")
        return self.tokens.pop(0)[1]


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
        aware = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
        return aware.astimezone(UTC)
    except (ValueError, OverflowError):
        raise _fault(f"'{text[:40]}' is not a date and time") from None
