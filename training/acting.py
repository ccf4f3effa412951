"""Who acts now, and from where: known to whatever is changed meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal

Source = Literal["page", "command", "plan"]


@dataclass(frozen=True)
class Actor:
    """A person on a page or at a command, or a renewal plan that acts for one.

    `address` is where the request came from, `request_id` its ID in the log.
    """

    person_id: int | None
    name: str
    source: Source
    address: str = ""
    request_id: str = ""


_actor: ContextVar[Actor | None] = ContextVar("actor", default=None)


def actor() -> Actor | None:
    """Who acts; None while the product follows its services, which is not audited."""
    return _actor.get()


@contextmanager
def acting(who: Actor) -> Iterator[None]:
    """What is changed within is theirs."""
    token = _actor.set(who)
    try:
        yield
    finally:
        _actor.reset(token)
