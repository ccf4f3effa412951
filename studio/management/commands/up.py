"""`manage.py up`: the whole product in one foreground process."""

import os
import urllib.error
import urllib.request
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from studio import broker
from studio.supervisor import commands, preparation
from studio.supervisor.checks import CannotStart, check_port, lock
from studio.supervisor.process import Child
from studio.supervisor.supervisor import Supervisor


class Command(BaseCommand):
    """Broker, web server, workers and beat, stopped together by Ctrl-C."""

    help = "Serve the product with its embedded defaults."

    def handle(self, *args: Any, **options: Any) -> None:
        from training.services.resources import ensure_local
        from training.services.setup import first_administrator_link

        try:
            check_port(settings.HOST, settings.PORT)
            held = lock(settings.STUDIO_DATA / "run")
        except CannotStart as reason:
            raise CommandError(str(reason)) from None
        preparation.prepare()
        ensure_local(settings.LOCALSPEECH_URL, settings.LOCALSPEECH_KEY)
        address = f"http://{_shown_host(settings.HOST)}:{settings.PORT}"
        link = first_administrator_link(address)
        connections.close_all()
        supervisor = Supervisor(_children(), self._say)
        supervisor.run(_Greeting(address, link, self._say))
        held.close()
        self._say("Stopped.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _children() -> list[Child]:
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "OPENBLAS_NUM_THREADS": "1"}
    embedded = (
        []
        if settings.REDIS_URL
        else [Child("broker", broker.server_command(settings.STUDIO_DATA), environment)]
    )
    rest = [
        ("web", commands.web(settings.HOST, settings.PORT)),
        ("engine worker", commands.engine_worker(settings.CPU_CORES)),
        ("default worker", commands.default_worker()),
        ("beat", commands.beat()),
    ]
    return [*embedded, *(Child(name, command, environment) for name, command in rest)]


def _shown_host(host: str) -> str:
    return "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104


class _Greeting:
    """Says once that the product is ready, as soon as it answers."""

    def __init__(self, address: str, link: str | None, say: Any) -> None:
        self.address, self.link, self.say = address, link, say
        self.said = False

    def __call__(self) -> None:
        if self.said or not self._answers():
            return
        self.said = True
        self.say(f"Custom Speech Studio is ready: {self.address}/")
        if self.link:
            self.say(f"Create the first administrator (works once): {self.link}")

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/livez", timeout=2):  # noqa: S310
                return True
        except (urllib.error.URLError, OSError):
            return False
