"""What a resource has and no project here."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from training.display import parts, texts
from training.grids import cells
from training.grids.base import Column, Grid
from training.models import FoundObject


class FoundFilter(django_filters.FilterSet):
    """By words of the name or ID, and by kind."""

    q = django_filters.CharFilter(
        method="search",
        label=_("Search"),
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "placeholder": _("Search by name or ID"),
                "autocomplete": "off",
            }
        ),
    )
    kind = django_filters.ChoiceFilter(
        choices=FoundObject.Kind.choices, label=_("Kind"), empty_label=_("Any kind")
    )

    def search(self, rows: "QuerySet[Any]", _name: str, text: str) -> "QuerySet[Any]":
        """Each word must stand in the name or the ID."""
        for word in text.split()[:8]:
            rows = rows.filter(Q(display_name__icontains=word) | Q(remote_self__icontains=word))
        return rows


def _name(row: FoundObject) -> SafeString:
    return format_html('{} <code class="muted">{}</code>', row, row.remote_id)


def _status(row: FoundObject) -> SafeString | str:
    return cells.status(row) if row.status else texts.NOTHING


def _where(row: FoundObject) -> SafeString:
    return format_html('<p class="reason">{}</p>', _why(row))


def _why(row: FoundObject) -> str:
    """Why it is in no project here."""
    if row.kind == FoundObject.Kind.PROJECT:
        return _t("A project that is not known here")
    if row.obstacle:
        return row.obstacle
    if row.project_link:
        return _t("In a project that is not known here")
    return _t("In no project")


def _expiration(row: FoundObject) -> str:
    if row.kind != FoundObject.Kind.MODEL or row.has_failed:
        return texts.NOTHING
    return parts.deadline(row.transcription_expires_at)


FOUND = Grid(
    name="elsewhere",
    label=_("Not in a project"),
    filters=FoundFilter,
    empty="elsewhere/empty.html",
    columns=(
        Column("name", _("Name"), _name, "display_name"),
        Column("kind", _("Kind"), lambda row: row.get_kind_display(), "kind"),
        Column("status", _("Status"), _status, "status"),
        Column("where", _("Project"), _where),
        Column("locale", _("Locale"), lambda row: row.locale, "locale"),
        Column("expiration", _("Expiration"), _expiration, "transcription_expires_at"),
        Column("created", _("Created"), cells.created, "created_at"),
        Column("description", _("Description"), cells.description, shown=False),
    ),
)
