"""One search over everything."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from training.models import CustomModel, Dataset, Endpoint, Evaluation, Project, RemoteObject, User
from training.permissions import projects_of

_MOST = 20
_KINDS: tuple[tuple[str | Promise, type[RemoteObject]], ...] = (
    (_("Projects"), Project),
    (_("Speech datasets"), Dataset),
    (_("Custom models"), CustomModel),
    (_("Tests"), Evaluation),
    (_("Endpoints"), Endpoint),
)


@dataclass(frozen=True)
class Found:
    """Rows of one kind; `is_more` when the list was cut."""

    label: str | Promise
    rows: list[Any]
    is_more: bool


def search(text: str, user: User) -> list[Found]:
    """Names, descriptions and IDs that hold every word, of what this person sees."""
    words = text.split()[:8]
    if not words:
        return []
    found, seen = [], projects_of(user)
    for label, kind in _KINDS:
        rows: Any = kind._default_manager.all()
        rows = (
            rows.filter(pk__in=seen)
            if kind is Project
            else rows.filter(project__in=seen).select_related("project")
        )
        for word in words:
            rows = rows.filter(
                Q(display_name__icontains=word)
                | Q(description__icontains=word)
                | Q(remote_self__icontains=word)
            )
        listed = list(rows[: _MOST + 1])
        if listed:
            found.append(Found(label, listed[:_MOST], len(listed) > _MOST))
    return found
