"""Figures for Prometheus, counted in database and broker at each scrape.

So they are the same whichever web process answers, and no process keeps counters.
"""

import shutil
from collections.abc import Iterable, Iterator

import redis
from django.conf import settings
from django.db import DatabaseError
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric

from studio import __version__, heartbeats
from studio.readiness import parts

CONTENT_TYPE = CONTENT_TYPE_LATEST
# A figure: its name, what it tells, its labels, and each label's values with their number.
Figure = tuple[str, str, tuple[str, ...], Iterable[tuple[tuple[str, ...], float]]]


def exposition() -> bytes:
    """The text that Prometheus reads."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures())
    return generate_latest(registry)


class _Figures:
    """Collects when it is asked; what cannot be counted is left out, and `studio_up` says why."""

    def collect(self) -> Iterator[Metric]:
        """All figures."""
        for source in (_this_server, _signs, _queues, _rows):
            try:
                figures = list(source())
            except (DatabaseError, redis.RedisError, OSError):
                continue
            yield from map(_metric, figures)

    def describe(self) -> list[Metric]:
        """Nothing in advance."""
        return []


def _metric(figure: Figure) -> Metric:
    name, text, labels, samples = figure
    metric = GaugeMetricFamily(f"studio_{name}", text, labels=labels)
    for values, number in samples:
        metric.add_metric(values, number)
    return metric


def _this_server() -> Iterator[Figure]:
    up = [((name,), float(part["ok"])) for name, part in parts(set()).items()]
    yield "up", "Whether a part is well, as /readyz says.", ("part",), up
    yield "info", "The version that runs.", ("version",), [((__version__,), 1)]
    free = shutil.disk_usage(settings.STUDIO_DATA).free
    yield "data_free_bytes", "Room left where the data lies.", (), [((), free)]


def _signs() -> Iterator[Figure]:
    ages = heartbeats.ages(settings.CELERY_BROKER_URL)
    samples = [((part, host), age) for part, hosts in ages.items() for host, age in hosts.items()]
    yield "heartbeat_age_seconds", "Since a process' last sign.", ("part", "host"), samples


def _queues() -> Iterator[Figure]:
    broker = heartbeats.server(settings.CELERY_BROKER_URL)
    if broker is None:
        return
    with broker:
        waiting = [((name,), float(str(broker.llen(name)))) for name in ("default", "engine")]
    yield "queue_messages", "Messages that wait for a worker.", ("queue",), waiting


def _rows() -> Iterator[Figure]:
    from localspeech import figures as of_service
    from training.services import figures as of_dashboard

    yield from of_dashboard.figures()
    yield from of_service.figures()
