"""The audit as a list."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from training.display import parts, texts
from training.grids.base import Column, Grid
from training.models import AuditEntry
from training.models.audited import FIELDS

_DATE = forms.DateInput(attrs={"type": "date"})


class AuditFilter(django_filters.FilterSet):
    """By words, what was done to what, from where, and when."""

    q = django_filters.CharFilter(
        method="search",
        label=_("Search"),
        widget=forms.TextInput(
            attrs={"type": "search", "placeholder": _("Who, what, address"), "autocomplete": "off"}
        ),
    )
    action = django_filters.ChoiceFilter(
        choices=AuditEntry.Action.choices, label=_("Action"), empty_label=_("Every action")
    )
    kind = django_filters.ChoiceFilter(
        choices=[(one, one) for one in sorted(FIELDS)], label=_("Kind"), empty_label=_("Every kind")
    )
    source = django_filters.ChoiceFilter(
        choices=AuditEntry.Source.choices, label=_("From"), empty_label=_("From everywhere")
    )
    since = django_filters.DateFilter("at", "date__gte", label=_("Since"), widget=_DATE)
    until = django_filters.DateFilter("at", "date__lte", label=_("Until"), widget=_DATE)

    def search(self, rows: "QuerySet[Any]", _name: str, text: str) -> "QuerySet[Any]":
        """Each word must stand in who, what, the project or the address."""
        for word in text.split()[:8]:
            rows = rows.filter(
                Q(who__icontains=word)
                | Q(name__icontains=word)
                | Q(project_name__icontains=word)
                | Q(address__startswith=word)
                | Q(request_id__startswith=word)
            )
        return rows


def _changes(row: AuditEntry) -> SafeString:
    names = list({**row.before, **row.after})
    return format_html_join(
        " ",
        '<span class="change"><span class="muted">{}:</span> {} → {}</span>',
        ((name, _value(row.before, name), _value(row.after, name)) for name in names),
    )


def _value(found: dict[str, Any], name: str) -> Any:
    value = found.get(name)
    return texts.NOTHING if value in (None, "") else value


def _at(row: AuditEntry) -> SafeString:
    return format_html('<span class="nowrap">{}</span>', parts.moment(row.at))


def _source(row: AuditEntry) -> str:
    return f"{row.get_source_display()} {row.address}".strip()


AUDIT = Grid(
    name="audit",
    label=_("Audit"),
    filters=AuditFilter,
    empty="audit/empty.html",
    sort="-at",
    selectable=False,
    state=str,
    columns=(
        Column("at", _("When"), _at, "at"),
        Column("who", _("Who"), lambda row: row.who, "who"),
        Column("action", _("Action"), lambda row: str(row.get_action_display()), "action"),
        Column("kind", _("Kind"), lambda row: row.kind, "kind"),
        Column("name", _("Object"), lambda row: row.name, "name"),
        Column("changes", _("Before → after"), _changes),
        Column(
            "project", _("Project"), lambda row: row.project_name or texts.NOTHING, "project_name"
        ),
        Column("source", _("From"), _source, "source"),
        Column("request", _("Request ID"), lambda row: row.request_id, shown=False),
    ),
)
