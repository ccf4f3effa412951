"""Context of every page: navigation and the count of notices."""

from functools import cache
from typing import Any

from django.http import HttpRequest

from training.models import User
from training.nav import navigation
from training.services import events


def frame(request: HttpRequest) -> dict[str, Any]:
    """What the header and the navigation show; notices are counted only when a template asks."""
    user = getattr(request, "user", None)
    if not isinstance(user, User) or not user.is_authenticated:
        return {}
    return {**navigation(request), "notice_count": cache(lambda: events.notice_count(user))}
