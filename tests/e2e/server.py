"""The whole product as its users start it, on a free port and in a folder of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from pathlib import Path

import psycopg
import redis

_OF_THE_TESTS = {"BROKER_URL", "LOG_LEVEL", "PYTHONDONTWRITEBYTECODE"}
ROOT = Path(__file__).resolve().parent.parent.parent


def free_port():
    """A port that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """`manage.py up` and what it printed."""

    def __init__(self, folder, **environment):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = self.folder / "up.log"
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in _OF_THE_TESTS},
            "STUDIO_DATA": str(self.folder / "data"),
            "PORT": str(self.port),
            "HOST": "127.0.0.1",
            **environment,
        }
        self.process = None
        self.database = None

    def __enter__(self):
        self._own_database()
        self.start()
        return self

    def __exit__(self, *_):
        try:
            self.stop()
        finally:
            self._drop_database()

    def _own_database(self):
        url = self.environment.get("DATABASE_URL")
        if url:
            self.database = f"studio_e2e_{uuid.uuid4().hex[:12]}"
            self._administer(f'CREATE DATABASE "{self.database}"')
            self.environment["DATABASE_URL"] = f"{url.rpartition('/')[0]}/{self.database}"
            redis.Redis.from_url(self.environment["REDIS_URL"]).flushdb()

    def _drop_database(self):
        if self.database:
            self._administer(f'DROP DATABASE "{self.database}" WITH (FORCE)')

    def _administer(self, command):
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
            connection.execute(command)

    def start(self):
        """Start it, and wait until it says that it is ready."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "up"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.wait_for(lambda: "is ready" in self.printed() or self.process.poll() is not None, 60)
        assert self.process.poll() is None, self.printed()

    def stop(self):
        """Press Ctrl-C, and expect a clean end."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(60)
        self.process = None
        assert code == 0, self.printed()

    def printed(self):
        """Everything the server has printed so far."""
        return self.log.read_text() if self.log.exists() else ""

    @property
    def setup_link(self):
        """The one-time link of the first start."""
        return re.search(r"https?://\S+/setup/\S+", self.printed()).group()

    def answers(self, path="/livez"):
        """Status of a plain GET."""
        with urllib.request.urlopen(self.address + path, timeout=10) as answer:
            return answer.status

    def manage(self, *arguments):
        """What a command prints, run beside the server."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip

    @property
    def local_key(self):
        """The key of the local service's first resource."""
        return (Path(self.environment["STUDIO_DATA"]) / "secrets" / "localspeech_key").read_text()

    @staticmethod
    def wait_for(condition, seconds, message="it did not happen in time"):
        """Look again and again."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if condition():
                return
            time.sleep(0.2)
        raise AssertionError(message)
