"""One structured log for Django, Celery and gunicorn, with secrets masked."""

import re
from collections.abc import Callable, Collection, MutableMapping
from typing import Any

import structlog

_SECRET_NAMES = re.compile(
    r"(?i)(subscription[-_]?key|password|secret|authorization|api[-_]?key|token)$"
)
# A header with a key, a query that lets one in, and paths that are a secret themselves.
_SECRET_TEXT = re.compile(
    r"(?i)(ocp-apim-subscription-key['\"]?\s*[:=]\s*['\"]?)[^\s'\",}]+"
    r"|([?&](?:sig|code|state|token)=)[^&\s]+"
    r"|(/(?:setup|calendar|invitations?|reset/key|content)/)[^/\s?'\"]{16,}"
)


def mask_secrets(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Replace values whose name or shape says that they are secret."""
    for name, value in event.items():
        if _SECRET_NAMES.search(name):
            event[name] = "***"
        elif isinstance(value, str):
            event[name] = _SECRET_TEXT.sub(_masked, value)
    return event


def _masked(found: re.Match[str]) -> str:
    return next(filter(None, found.groups())) + "***"


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.format_exc_info,
    mask_secrets,
]


def _quiet(tasks: Collection[str]) -> Callable[..., MutableMapping[str, Any]]:
    """Drops what says only that the clock rang again."""

    def drop(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Any:
        if event.get("event") == "task_succeeded" and event.get("task") in tasks:
            raise structlog.DropEvent
        return event

    return drop


def configure(quiet_tasks: Collection[str] = ()) -> None:
    """Route structlog through the standard library's handlers."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _quiet(quiet_tasks),
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def logging_settings(level: str, as_json: bool, each_request: bool) -> dict[str, Any]:
    """Django's LOGGING: JSON lines for machines, key=value lines for people.

    `each_request` adds a line for every request and task that ended.
    """
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.dev.ConsoleRenderer(
            colors=False, exception_formatter=structlog.dev.plain_traceback
        )
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    mask_secrets,
                    renderer,
                ],
                "foreign_pre_chain": _SHARED,
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "propagate": True, "level": level},
            "urllib3": {"level": "ERROR"},
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.app.trace": {"level": "WARNING"},
            "celery.beat": {"level": "WARNING"},
            "django_structlog": {"level": level if each_request else "WARNING"},
            "studio.requestlog": {"level": level if each_request else "WARNING"},
        },
    }
