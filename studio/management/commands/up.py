"""`manage.py up`: the whole product in one foreground process."""

import json
import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from studio import broker
from studio.site import reachable
from studio.supervisor import commands, preparation
from studio.supervisor.checks import CannotStart, check_port, lock


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
        plan = {
            "children": _children(),
            "asked": f"http://{reachable(settings.HOST)}:{settings.PORT}",
            "address": settings.PUBLIC_URL,
            "link": first_administrator_link(settings.SITE.origin),
        }
        connections.close_all()
        os.set_inheritable(held.fileno(), True)
        _become_supervisor(plan)


def _become_supervisor(plan: dict[str, Any]) -> None:
    """Replace this process by one that holds neither Django nor the database."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "studio.supervisor", json.dumps(plan)]
    os.execve(sys.executable, command, environment)  # noqa: S606  # our own module


def _children() -> list[tuple[str, list[str]]]:
    embedded = (
        [] if settings.REDIS_URL else [("broker", broker.server_command(settings.STUDIO_DATA))]
    )
    return [
        *embedded,
        ("web", commands.web(settings.HOST, settings.PORT)),
        ("engine worker", commands.engine_worker(settings.CPU_CORES)),
        ("default worker", commands.default_worker()),
        ("beat", commands.beat()),
    ]
