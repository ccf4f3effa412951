"""Which parts of the product are well."""

from collections.abc import Callable
from typing import Any

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from kombu import Connection
from kombu.exceptions import OperationalError

from studio import heartbeats

# Back-off between polls is five minutes at most.
POLL_LIMIT_SECONDS = 15 * 60
Part = dict[str, Any]


def parts(without: set[str]) -> dict[str, Part]:
    """What is known of each part; `ok` says whether it is well. Holds no secrets."""
    found = {name: look() for name, look in _LOOKS.items() if name not in without}
    wanted = [name for name in heartbeats.PARTS if name not in without]
    if wanted:
        found |= _processes(wanted)
    return found


def _database() -> Part:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return {"ok": False, "reason": "it does not answer"}
    return {"ok": True}


def _broker() -> Part:
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    with Connection(settings.CELERY_BROKER_URL, transport_options=options) as broker:
        try:
            broker.ensure_connection(max_retries=1, timeout=2)
        except (OperationalError, OSError):
            return {"ok": False, "reason": "it does not answer"}
    return {"ok": True}


def _polls() -> Part:
    from training.services.polling import seconds_without_poll

    try:
        age = seconds_without_poll()
    except DatabaseError:
        return {"ok": False, "reason": "the database does not answer"}
    if age is None:
        return {"ok": True, "reason": "no work waits for a service"}
    if age <= POLL_LIMIT_SECONDS:
        return {"ok": True, "seconds": round(age)}
    reason = "work waits, and no service has answered for long"
    return {"ok": False, "seconds": round(age), "reason": reason}


def _processes(wanted: list[str]) -> dict[str, Part]:
    try:
        ages = heartbeats.ages(settings.CELERY_BROKER_URL)
    except redis.RedisError:
        return {name: {"ok": False, "reason": "the broker does not answer"} for name in wanted}
    return {name: _alive(list(ages[name].values())) for name in wanted}


def _alive(ages: list[float]) -> Part:
    if not ages:
        return {"ok": False, "reason": "no sign of life"}
    youngest = min(ages)
    if youngest > heartbeats.STALE_SECONDS:
        return {"ok": False, "seconds": youngest, "reason": "no sign of life for long"}
    running = sum(age <= heartbeats.STALE_SECONDS for age in ages)
    return {"ok": True, "seconds": youngest, "running": running}


_LOOKS: dict[str, Callable[[], Part]] = {
    "database": _database,
    "broker": _broker,
    "polls": _polls,
}
