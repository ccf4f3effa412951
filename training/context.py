"""Context of every page: navigation, the switcher's projects, the count of notices."""

from functools import cache
from typing import Any

from django.http import HttpRequest

from training.models import Project, User
from training.nav import navigation
from training.services import events

_MOST_PROJECTS = 30


def frame(request: HttpRequest) -> dict[str, Any]:
    """What the header and the navigation show; queries run only when a template asks."""
    user = getattr(request, "user", None)
    if not isinstance(user, User) or not user.is_authenticated:
        return {}
    return {
        **navigation(request),
        "switcher": _switcher,
        "notice_count": cache(lambda: events.notice_count(user)),
    }


def _switcher() -> list[Project]:
    rows = Project.objects.select_related("resource").order_by("resource__name", "display_name")
    return list(rows.only("display_name", "locale", "resource__name")[:_MOST_PROJECTS])
