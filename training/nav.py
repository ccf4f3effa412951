"""Navigation as data."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Item:
    """One entry of the navigation."""

    label: "str | Promise"
    icon: str
    url: str
    is_current: bool


_SITE = (
    ("home", _("Home"), "home"),
    ("deadlines", _("Deadlines"), "calendar"),
    ("activity", _("Activity"), "activity"),
)
_ADMINISTRATION = (
    ("resources", _("Resources"), "resource"),
    ("people", _("People"), "person"),
    ("audit", _("Audit"), "columns"),
)
_PROJECT = (
    ("datasets", _("Speech datasets"), "dataset", {"new_dataset", "upload", "dataset"}),
    ("models", _("Train custom models"), "model", {"model", "wizard", "renewal", "copy_models"}),
    ("tests", _("Test models"), "test", {"new_test", "testing", "test", "test_files", "compare"}),
    ("endpoints", _("Deploy models"), "deploy", {"new_endpoint", "endpoint", "change_model"}),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The entries that this person may open."""
    match = request.resolver_match
    project_id = match.kwargs.get("project_id") if match else None
    is_staff = bool(getattr(request.user, "is_staff", False))
    site, parts = _entries(
        get_script_prefix(), (match and match.url_name) or "", project_id, is_staff
    )
    return {"navigation": site, "project_navigation": parts}


@lru_cache(maxsize=1024)
def _entries(
    _prefix: str, current: str, project_id: int | None, is_staff: bool
) -> tuple[list[Item], list[Item]]:
    """Kept for each place, because addresses are a tenth of the work of a page."""
    site = [
        Item(label, icon, reverse(name), name == current)
        for name, label, icon in (*_SITE, *(_ADMINISTRATION if is_staff else ()))
    ]
    parts = [
        Item(label, icon, reverse(name, args=[project_id]), current == name or current in inner)
        for name, label, icon, inner in (_PROJECT if project_id else ())
    ]
    return site, parts
