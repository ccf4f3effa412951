"""docker-compose.yml without Docker: its services as processes of this machine."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import psycopg
import yaml

from studio import broker
from tests.e2e.server import ROOT, Server, free_port

POSTGRES = os.environ.get("CI_POSTGRES", "postgresql://postgres@127.0.0.1:5432")
OURS = ("web", "default-worker", "engine-worker", "beat")
_VARIABLE = re.compile(r"\$\{(\w+)(?::?([-?])([^}]*))?\}")


def read(**environment):
    """The file; variables are filled in as Compose does."""
    return _with(yaml.safe_load((ROOT / "docker-compose.yml").read_text()), environment)


def _with(value, environment):
    if isinstance(value, dict):
        return {name: _with(one, environment) for name, one in value.items()}
    if isinstance(value, list):
        return [_with(one, environment) for one in value]
    if isinstance(value, str):
        return _VARIABLE.sub(lambda found: _filled(found, environment), value)
    return value


def _filled(found, environment):
    name, sign, default = found.groups()
    if environment.get(name):
        return environment[name]
    assert sign == "-", f"{name} is needed"
    return default


def image_environment():
    """What the Dockerfile sets."""
    text = (ROOT / "Dockerfile").read_text().rpartition("\nENV ")[2].partition("\nUSER")[0]
    return dict(one.split("=", 1) for one in text.replace("\\\n", " ").split())


def image_files(folder):
    """Copy what the Dockerfile copies into the image."""
    copied = re.findall(r"^COPY (?!--from)(.+) (\S+)$", (ROOT / "Dockerfile").read_text(), re.M)
    for sources, _ in copied:
        for name in sources.split():
            if (ROOT / name).is_dir():
                ignored = shutil.ignore_patterns("__pycache__")
                shutil.copytree(ROOT / name, folder / name, ignore=ignored)
            else:
                shutil.copy(ROOT / name, folder / name)
    return folder


def postgres_answers():
    """Whether there is a PostgreSQL for this test."""
    try:
        psycopg.connect(f"{POSTGRES}/postgres", connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


class Stack:
    """The services, on a database and a Redis of their own."""

    def __init__(self, folder, **env_file):
        self.folder = Path(folder)
        self.app = image_files(self._made("app"))
        self.ports = {"web": free_port(), "redis": free_port()}
        self.address = env_file["PUBLIC_URL"] = f"http://127.0.0.1:{self.ports['web']}"
        self.database = f"studio_compose_{uuid.uuid4().hex[:12]}"
        self.env_file = env_file
        self.services = read(**env_file)["services"]
        self.processes = {}

    def _made(self, name):
        path = self.folder / name
        path.mkdir(parents=True)
        return path

    def __enter__(self):
        self._made("data")
        with psycopg.connect(f"{POSTGRES}/postgres", autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{self.database}"')
        try:
            self._start("redis")
            Server.wait_for(lambda: self.health("redis").returncode == 0, 20)
            self.run("migrate")
            for name in OURS:
                self._start(name)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for name in reversed(list(self.processes)):
            self.stop(name)
        with psycopg.connect(f"{POSTGRES}/postgres", autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{self.database}" WITH (FORCE)')

    def environment(self, name):
        """The image's, the file's and the service's environment, with this machine's addresses."""
        service = self.services[name]
        wanted = {**image_environment(), **self.env_file, **service.get("environment", {})}
        moved = {key: self._here(str(value)) for key, value in wanted.items()}
        host = POSTGRES.rpartition("@")[2].partition(":")
        return {
            **moved,
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "STUDIO_DATA": str(self.folder / "data"),
            "PORT": str(self.ports["web"]),
            "PGHOST": host[0],
            "PGPORT": host[2] or "5432",
        }

    def _here(self, value):
        value = re.sub(r"^postgresql://.*/studio$", f"{POSTGRES}/{self.database}", value)
        value = value.replace("redis://redis:6379", f"redis://127.0.0.1:{self.ports['redis']}")
        return value.replace("http://web:8000", self.address)

    def _command(self, parts):
        named = {"redis-server": broker.server_binary(), "python": sys.executable}
        bound = [part.replace(":8000", f":{self.ports['web']}") for part in parts]
        port = ["--port", str(self.ports["redis"]), "--dir", str(self.folder / "data")]
        return [named.get(bound[0], bound[0]), *bound[1:], *(port if "redis" in bound[0] else [])]

    def _start(self, name):
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                self._command(self.services[name]["command"]),
                cwd=self.app, env=self.environment(name), stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def run(self, name, *command):
        """`docker compose run --rm NAME COMMAND`, and what it prints."""
        ended = subprocess.run(
            self._command(command or self.services[name]["command"]), cwd=self.app,
            env=self.environment(name), capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    def health(self, name):
        """Run the health check of a service once, in its environment."""
        kind, *command = self.services[name]["healthcheck"]["test"]
        assert kind == "CMD"
        if command[0] == "redis-cli":
            command = ["redis-cli", "-p", str(self.ports["redis"]), *command[1:]]
        return subprocess.run(
            self._command(command) if command[0] == "python" else command,
            cwd=self.app, env=self.environment(name), capture_output=True, text=True, timeout=30,
        )  # fmt: skip

    def stop(self, name):
        """Stop a service as Docker does; the answer is its exit code."""
        process = self.processes.pop(name)
        process.terminate()
        try:
            return process.wait(30)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)

    def log(self, name):
        """What a service printed."""
        return (self.folder / f"{name}.log").read_text()

    @property
    def setup_link(self):
        """The link that the file's head tells how to get."""
        return self.run("migrate", "python", "manage.py", "setup_link").strip()

    def wait_healthy(self, seconds=60):
        """Wait until every health check passes."""
        end = time.monotonic() + seconds
        for name in OURS:
            while (found := self.health(name)).returncode:
                assert time.monotonic() < end, f"{name}: {found.stdout}{self.log(name)}"
                time.sleep(0.5)

    wait_for = staticmethod(Server.wait_for)
