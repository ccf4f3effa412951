"""Taking a row for oneself, on SQLite and PostgreSQL alike.

A row is mine when a conditional UPDATE changed exactly one row. The claim is a lease:
it is renewed while its holder works, and runs out by itself when the holder is killed.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import connection
from django.db.models import F, Model, Q, QuerySet
from django.utils import timezone

log = structlog.get_logger(__name__)


def lease() -> timedelta:
    """How long a claim holds unless it is renewed, which happens four times as often."""
    return timedelta(seconds=settings.CLAIM_SECONDS)


def unclaimed(now: datetime) -> Q:
    """Rows that nobody holds, or whose holder stopped renewing."""
    return Q(claimed_until=None) | Q(claimed_until__lt=now)


def due(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Those of `rows` whose `due_at` has come and that nobody holds."""
    now = timezone.now()
    return rows.filter(unclaimed(now), due_at__lte=now)


def claim(rows: "QuerySet[Any]", pk: Any, **changes: Any) -> bool:
    """Try to take row `pk` of `rows`; True when it is now ours."""
    now = timezone.now()
    mine = rows.filter(unclaimed(now), pk=pk).update(claimed_until=now + lease(), **changes)
    return mine == 1


def claim_due(rows: "QuerySet[Any]", pk: Any) -> bool:
    """`claim` for rows with a `due_at`, counting the attempt."""
    ready = rows.filter(due_at__lte=timezone.now())
    return claim(ready, pk, attempts=F("attempts") + 1)


@contextmanager
def held(model: type[Model], pk: Any) -> Iterator[None]:
    """Keep the claim on a row alive while the body runs, then give it back."""
    stop = threading.Event()
    keeper = threading.Thread(target=_renew, args=(model, pk, stop), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stop.set()
        keeper.join()
        model._default_manager.filter(pk=pk).update(claimed_until=None)


def _renew(model: type[Model], pk: Any, stop: threading.Event) -> None:
    try:
        while not stop.wait(settings.CLAIM_SECONDS / 4):
            model._default_manager.filter(pk=pk).update(claimed_until=timezone.now() + lease())
    except Exception:
        log.exception("lease_not_renewed", model=model.__name__, pk=pk)
    finally:
        connection.close()
