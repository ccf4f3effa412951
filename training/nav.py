"""Navigation as data."""

from typing import Any

from django.http import HttpRequest


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context of every page; the project in view is set by its view."""
    return {}
