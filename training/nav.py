"""Navigation as data."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
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
_ADMINISTRATION = (("resources", _("Resources"), "resource"), ("people", _("People"), "person"))
_PROJECT = (
    ("datasets", _("Speech datasets"), "dataset", {"new_dataset", "dataset"}),
    ("models", _("Train custom models"), "model", {"model", "wizard"}),
    ("tests", _("Test models"), "test", {"new_test", "test"}),
    ("endpoints", _("Deploy models"), "deploy", {"new_endpoint"}),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The entries that this person may open."""
    match = request.resolver_match
    current = match.url_name if match else ""
    site = [*_SITE, *(_ADMINISTRATION if request.user.is_staff else ())]
    entries = [Item(label, icon, reverse(name), name == current) for name, label, icon in site]
    project_id = match.kwargs.get("project_id") if match else None
    parts = _PROJECT if project_id else ()
    project = [
        Item(label, icon, reverse(name, args=[project_id]), current == name or current in inner)
        for name, label, icon, inner in parts
    ]
    return {"navigation": entries, "project_navigation": project}
