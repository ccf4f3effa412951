"""The work queue. The database says what is due; a message only rings the bell."""

import os
from typing import Any

import structlog
from celery import Celery, Task
from django.db import transaction

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")

app = Celery("studio")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

log = structlog.get_logger(__name__)


def ring(task: "Task[Any, Any]", *args: Any) -> None:
    """Send the task once the current transaction has committed.

    A broker that does not answer is logged and otherwise ignored: the beat sweep
    finds the same row again.
    """
    transaction.on_commit(lambda: _send(task, args))


def _send(task: "Task[Any, Any]", args: tuple[Any, ...]) -> None:
    try:
        task.apply_async(args, retry=False)
    except task.OperationalError as error:
        log.warning("broker_unreachable", task=task.name, reason=str(error))
