"""Signs of life of the processes without an address: workers and the clock.

They lie in the broker's Redis or Valkey, under the part's name and host, as seconds of the
server's own clock. What stops in good order takes its sign away.
"""

import socket
import time
from typing import Any

import redis

KEY = "studio:alive"
SWEEP = "sweep"
STALE_SECONDS = 30
PARTS = ("default-worker", "engine-worker", "beat", SWEEP)
_EVERY_SECONDS = 5
_FORGOTTEN_SECONDS = 7 * 24 * 3600
_WRITE = "redis.call('HSET', KEYS[1], ARGV[1], redis.call('TIME')[1])"


def server(url: str) -> "redis.Redis | None":
    """The broker's server; None when it is none of Redis' kind (in tests)."""
    if not url.startswith(("redis", "unix")):
        return None
    address = url.replace("redis+socket://", "unix://", 1)
    return redis.Redis.from_url(address, socket_timeout=2, socket_connect_timeout=2)


class Pulse:
    """Writes the signs of one process, each at most every five seconds."""

    def __init__(self, url: str) -> None:
        self._server = server(url)
        self._written: dict[str, float] = {}

    def beat(self, part: str) -> None:
        """Say that the part lives. A server that does not answer is no reason to stop."""
        now = time.monotonic()
        if self._server is None or now - self._written.get(part, -60.0) < _EVERY_SECONDS:
            return
        self._written[part] = now
        try:
            self._server.eval(_WRITE, 1, KEY, _field(part))
        except redis.RedisError:
            self._written[part] = now - _EVERY_SECONDS / 2

    def end(self, part: str) -> None:
        """Say that the part stops."""
        if self._server is not None:
            try:
                self._server.hdel(KEY, _field(part))
            except redis.RedisError:
                return


def ages(url: str) -> dict[str, dict[str, float]]:
    """Seconds since the last sign, by part and host. Raises redis.RedisError."""
    found: dict[str, dict[str, float]] = {part: {} for part in PARTS}
    broker = server(url)
    if broker is None:
        return found
    with broker, broker.pipeline(transaction=False) as both:
        both.hgetall(KEY)
        both.time()
        signs, (seconds, _) = both.execute()
        for name, at in signs.items():
            part, _, host = name.decode().partition("@")
            age = float(max(seconds - int(at), 0))
            if age > _FORGOTTEN_SECONDS:
                broker.hdel(KEY, name)
            else:
                found.setdefault(part, {})[host] = age
    return found


def _field(part: str) -> str:
    return f"{part}@{socket.gethostname()}"


def connect(app: Any) -> None:
    """Let a Celery worker and its sweep give their signs."""
    from celery import signals

    pulse = Pulse(app.conf.broker_url)

    def parts() -> list[str]:
        return [f"{queue}-worker" for queue in app.amqp.queues.consume_from]

    def lives(**_: Any) -> None:
        for part in parts():
            pulse.beat(part)

    def stops(**_: Any) -> None:
        for part in parts():
            pulse.end(part)

    def swept(sender: Any = None, **_: Any) -> None:
        if getattr(sender, "name", "") == "training.tasks.sweep":
            pulse.beat(SWEEP)

    signals.heartbeat_sent.connect(lives, weak=False)
    signals.worker_shutdown.connect(stops, weak=False)
    signals.task_success.connect(swept, weak=False)
