"""Context of every page: navigation and the count of notices."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from training.enums import Role
from training.models import User
from training.nav import navigation
from training.permissions import is_administrator, is_trainer
from training.services import events


def frame(request: HttpRequest) -> dict[str, Any]:
    """What the header and the navigation show; notices are counted only when a template asks."""
    user = getattr(request, "user", None)
    if not isinstance(user, User) or not user.is_authenticated:
        return {"company_name": settings.OIDC.name if settings.OIDC else ""}
    return {
        **navigation(request),
        **_rights(request, user),
        "notice_count": cache(lambda: events.notice_count(user)),
    }


def _rights(request: HttpRequest, user: User) -> dict[str, bool]:
    """What to offer: in the project of the page, or where there is none."""
    role = getattr(request, "project_role", None)
    if role is None:
        return {"may_train": is_trainer(user), "may_own": is_administrator(user)}
    return {"may_train": role.rank >= Role.TRAINER.rank, "may_own": role == Role.OWNER}
