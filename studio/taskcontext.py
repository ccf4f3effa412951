"""What every task finds: ids bound to its log lines, and the sub-path before its addresses."""

import inspect
from typing import Any

import structlog
from celery import Celery, signals
from django.conf import settings
from django.urls import set_script_prefix
from django_structlog.celery.signals import bind_extra_task_metadata
from django_structlog.celery.steps import DjangoStructLogInitStep

from studio.requestlog import ids


def connect(app: Celery) -> None:
    """Prepare the tasks of an app."""
    app.steps["worker"].add(DjangoStructLogInitStep)
    signals.task_prerun.connect(_under_sub_path, weak=False)
    bind_extra_task_metadata.connect(_bind, weak=False)


def _under_sub_path(**_: Any) -> None:
    """Django keeps the prefix for each thread, and sets it in the first one alone."""
    set_script_prefix(settings.FORCE_SCRIPT_NAME or "/")


def _bind(task: Any, **_: Any) -> None:
    structlog.contextvars.bind_contextvars(task=task.name, **_ids_of(task))


def _ids_of(task: Any) -> dict[str, Any]:
    try:
        given = inspect.signature(task.run).bind_partial(
            *(task.request.args or ()), **(task.request.kwargs or {})
        )
    except TypeError:
        return {}
    return ids(dict(given.arguments))
