"""Asks again until an object has ended."""

import math
import sys
import time
from collections.abc import Callable
from typing import TypeVar

from training.csr.problems import TooLong
from training.enums import FINAL
from training.speechapi import types
from training.speechapi.client import SpeechClient
from training.speechapi.errors import (
    ServiceFailed,
    SpeechApiError,
    Throttled,
    TimedOut,
    Unreachable,
)

T = TypeVar("T", types.Operation, types.CustomModel, types.Entity)
_SHORTEST, _LONGEST = 1.0, 30.0
_PASSING = (ServiceFailed, Throttled, TimedOut, Unreachable)
_MOST_FAULTS = 5


def until_ended(client: SpeechClient, first: T, ask: Callable[[], T], timeout: float | None) -> T:
    """The object in its last status. Raises TooLong, or the SpeechApiError that stays."""
    found, began, pause, faults = first, time.monotonic(), _SHORTEST, 0
    while found.status not in FINAL:
        left = math.inf if timeout is None else timeout - (time.monotonic() - began)
        if left <= 0:
            raise TooLong(f"It has not ended after {timeout:g} seconds; it goes on by itself.")
        time.sleep(min(max(pause, client.wished_pause or 0.0), left))
        before, pause = found.status, min(pause * 1.5, _LONGEST)
        try:
            found, faults = ask(), 0
        except SpeechApiError as error:
            faults += 1
            if not isinstance(error, _PASSING) or faults > _MOST_FAULTS:
                raise
            _tell(error.message)
            continue
        if found.status != before:
            _tell(found.status)
    return found


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
