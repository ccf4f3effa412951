"""A budget of calls that all processes share, kept in the broker's Redis or Valkey."""

import time
import uuid
from functools import lru_cache

import redis
import structlog

log = structlog.get_logger(__name__)

# One step for all processes: forget what is old, take a place if one is free, else say how long
# until the oldest place is free again. Times are milliseconds of the server's own clock.
_TAKE = """
local now = redis.call('TIME')
local ms = now[1] * 1000 + math.floor(now[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], 0, ms - ARGV[2])
if redis.call('ZCARD', KEYS[1]) < tonumber(ARGV[1]) then
  redis.call('ZADD', KEYS[1], ms, ARGV[3])
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return 0
end
local oldest = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
return math.max(1, oldest[2] + ARGV[2] - ms)
"""


class Quota:
    """At most `calls` in any window of `seconds`, over all processes with the same server."""

    def __init__(self, url: str, calls: int, seconds: float) -> None:
        self.calls, self.window = calls, int(seconds * 1000)
        address = url.replace("redis+socket://", "unix://", 1)
        self._server = redis.Redis.from_url(address, socket_timeout=2, socket_connect_timeout=2)
        self._take = self._server.register_script(_TAKE)

    def wait(self, name: str, longest: float) -> bool:
        """Take a place, waiting at most `longest` seconds; False when none came free.

        A server that does not answer is no reason to stop: the call goes ahead.
        """
        end = time.monotonic() + longest
        while True:
            pause = self._pause(name)
            if not pause:
                return True
            if time.monotonic() + pause > end:
                return False
            time.sleep(pause)

    def used(self, name: str) -> int | None:
        """Places taken in the present window; None when the server does not answer."""
        since = time.time() * 1000 - self.window
        try:
            return int(self._server.zcount(f"quota:{name}", since, "+inf"))
        except redis.RedisError:
            return None

    def _pause(self, name: str) -> float:
        arguments: list[str | int] = [self.calls, self.window, uuid.uuid4().hex]
        try:
            return float(self._take(keys=[f"quota:{name}"], args=arguments)) / 1000
        except redis.RedisError as error:
            log.warning("quota_unreachable", reason=str(error))
            return 0.0


@lru_cache(maxsize=4)
def shared(url: str, calls: int, seconds: float) -> Quota | None:
    """The budget on this broker; None when the broker is not a Redis (in tests)."""
    return Quota(url, calls, seconds) if url.startswith(("redis", "unix")) else None
