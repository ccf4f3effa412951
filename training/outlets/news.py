"""News as every outlet gets it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class News:
    """One thing that happened: a sentence, its reason or details, and where to look.

    `event` is a word for programs, for example "custommodel.succeeded" or "deadline.reminded".
    """

    event: str
    at: datetime
    title: str
    text: str
    url: str
    project: str
    name: str
    is_urgent: bool


@dataclass(frozen=True)
class Message:
    """What one recipient is told at once; `key` stays the same when it is sent again."""

    key: str
    news: Sequence[News]
    site_url: str
