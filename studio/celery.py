"""The work queue. The database says what is due; a message only rings the bell."""

import os
import warnings
from typing import Any

import structlog
from celery import Celery, Task
from django.db import transaction
from kombu.exceptions import OperationalError

from studio import heartbeats, taskcontext

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
# `manage.py prepare` has run the checks; in a worker they would load every page's code.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

warnings.filterwarnings("ignore", message=".*running the worker with superuser privileges")

app = Celery("studio")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
heartbeats.connect(app)
taskcontext.connect(app)

log = structlog.get_logger(__name__)


def ring(task: "Task[Any, Any] | str", *args: Any) -> None:
    """Send the task, or the task of that name, once the current transaction has committed.

    A broker that does not answer is logged and otherwise ignored: the beat sweep
    finds the same row again.
    """
    name = task if isinstance(task, str) else task.name
    transaction.on_commit(lambda: _send(name, args))


def _send(name: str, args: tuple[Any, ...]) -> None:
    try:
        app.send_task(name, args, retry=False)
    except OperationalError as error:
        log.warning("broker_unreachable", task=name, reason=str(error))
