"""`manage.py run PART`: one process of the product, for whoever supervises them singly."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections

from studio.supervisor import commands


class Command(BaseCommand):
    """Becomes the process that `up` and docker-compose.yml start under this name."""

    help = "Run one process of the product; the tables must be up to date (manage.py prepare)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("part", choices=sorted(_COMMANDS))

    def handle(self, *args: Any, **options: Any) -> None:
        command = _COMMANDS[options["part"]]()
        environment = {"OPENBLAS_NUM_THREADS": "1", **os.environ, "PYTHONUNBUFFERED": "1"}
        connections.close_all()
        os.execve(command[0], command, environment)  # noqa: S606  # commands of our own table


_COMMANDS = {
    "web": lambda: commands.web(settings.HOST, settings.PORT),
    "default-worker": commands.default_worker,
    "engine-worker": lambda: commands.engine_worker(settings.CPU_CORES),
    "beat": commands.beat,
}
