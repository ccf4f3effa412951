"""`python -m studio.alive PART`: ends with 0 while a part on this host lives, else with 1.

For health checks of containers, so it starts quickly: it loads settings and no application.
"""

import socket
import sys
import urllib.error
import urllib.request

import redis

from studio import heartbeats

_NOT_THE_PAGES = ("polls", *heartbeats.PARTS)


def main(part: str) -> int:
    """Say how the part is, and whether it lives."""
    from studio import settings

    if part == "web":
        return _web(settings.PORT)
    try:
        ages = heartbeats.ages(settings.CELERY_BROKER_URL).get(part, {})
    except redis.RedisError as error:
        return _told(f"the broker does not answer: {error}", False)
    age = ages.get(socket.gethostname())
    if age is None:
        return _told(f"{part}: no sign of life", False)
    return _told(f"{part}: last sign {age:.0f} s ago", age <= heartbeats.STALE_SECONDS)


def _web(port: int) -> int:
    query = "&".join(f"exclude={name}" for name in _NOT_THE_PAGES)
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz?{query}", timeout=8) as answer:
            return _told(answer.read().decode(), True)
    except urllib.error.HTTPError as error:
        return _told(error.read().decode(), False)
    except OSError as error:
        return _told(f"no answer: {error}", False)


def _told(text: str, lives: bool) -> int:
    print(text)
    return 0 if lives else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
