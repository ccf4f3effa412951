"""One line for each request, with who asked, for what, and how long it took."""

import logging
import time
from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse
from django_structlog.middlewares import RequestMiddleware


class RequestLog(RequestMiddleware):
    """Binds request, user and object ids to every line that a request writes.

    The answer carries the request's id, so that a person can tell it.
    """

    def prepare(self, request: HttpRequest) -> None:
        """Begin, and note when."""
        structlog.contextvars.clear_contextvars()
        self._start(request)
        super().prepare(request)

    @staticmethod
    def _start(request: HttpRequest) -> None:
        request.log_began = time.perf_counter()  # type: ignore[attr-defined]

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> None:
        """Bind the ids in the address."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        structlog.contextvars.bind_contextvars(view=name, **ids(kwargs))

    def handle_response(self, request: HttpRequest, response: HttpResponse) -> None:
        """End, and say for how long it was worked on."""
        bound = structlog.contextvars.get_contextvars()
        response["X-Request-ID"] = bound.get("request_id", "")
        took = time.perf_counter() - request.log_began  # type: ignore[attr-defined]
        structlog.contextvars.bind_contextvars(ms=round(took * 1000, 1))
        super().handle_response(request, response)

    def _log_level_for_status_code(self, status_code: int) -> int:
        """A poll that finds nothing new is no news."""
        if status_code == 204:
            return logging.DEBUG
        return super()._log_level_for_status_code(status_code)


def ids(values: dict[str, Any]) -> dict[str, Any]:
    """What names an object: numbers, UUIDs and kinds, but no text that could be a secret."""
    return {
        name: str(value) if not isinstance(value, int) else value
        for name, value in values.items()
        if name in {"kind", "form"} or isinstance(value, int) or len(str(value)) == 36
    }
