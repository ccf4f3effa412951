"""The list of deadlines, with a picture of each model's life above it."""

from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from training.display import parts, standings, texts
from training.grids.base import Column, Grid
from training.grids.filters import NamedFilter
from training.models import Deadline, Project, Resource
from training.permissions import projects_of
from training.services.deadlines import waiting
from training.timeline import timeline

_HORIZONS = (
    ("30", _("Within 30 days")),
    ("90", _("Within 90 days")),
    ("365", _("Within a year")),
    ("past", _("Expired")),
)
_STANDINGS = (("open", _("To be seen to")), ("done", _("Handled, snoozed or replaced")))


def _within(rows: "QuerySet[Any]", _name: str, value: str) -> "QuerySet[Any]":
    now = timezone.now()
    if value == "past":
        return rows.filter(at__lte=now)
    return rows.filter(at__gt=now, at__lte=now + timedelta(days=int(value)))


def _standing_is(rows: "QuerySet[Any]", _name: str, value: str) -> "QuerySet[Any]":
    if value == "open":
        return waiting(rows)
    today = timezone.localdate()
    seen_to = Q(is_replaced=True) | Q(handled_at__isnull=False) | Q(snoozed_until__gt=today)
    return rows.filter(seen_to)


def _of_project(rows: "QuerySet[Any]", _name: str, project: Project | None) -> "QuerySet[Any]":
    if project is None:
        return rows
    of_it = Q(custom_model__project=project) | Q(endpoint__project=project)
    base = Q(base_model__resource=project.resource_id, base_model__locale=project.locale)
    return rows.filter(of_it | base)


def _seen(request: HttpRequest) -> "QuerySet[Project]":
    return projects_of(request.user).order_by("display_name")


class DeadlineFilter(NamedFilter):
    """By words, what ends, how soon, and whose."""

    searched = "name"

    horizon = django_filters.ChoiceFilter(
        choices=_HORIZONS, method=_within, label=_("How soon"), empty_label=_("Any time")
    )
    kind = django_filters.ChoiceFilter(
        choices=Deadline.Kind.choices, label=_("Ends for"), empty_label=_("Everything")
    )
    standing = django_filters.ChoiceFilter(
        choices=_STANDINGS, method=_standing_is, label=_("State"), empty_label=_("Any state")
    )
    project = django_filters.ModelChoiceFilter(
        queryset=_seen,
        method=_of_project,
        label=_("Project"),
        empty_label=_("All projects"),
    )
    resource = django_filters.ModelChoiceFilter(
        queryset=Resource.objects.all(), label=_("Resource"), empty_label=_("All resources")
    )
    owner = django_filters.ChoiceFilter(
        choices=(("me", _("Mine")),),
        method="of_owner",
        label=_("Owner"),
        empty_label=_("Anyone's"),
    )

    def of_owner(self, rows: "QuerySet[Any]", _name: str, _who: str) -> "QuerySet[Any]":
        """Models and endpoints that this person made."""
        me = getattr(self.request, "user", None)
        return rows.filter(Q(custom_model__created_by=me) | Q(endpoint__created_by=me))


def _name(row: Deadline) -> SafeString | str:
    subject: Any = row.subject
    if row.base_model is not None:
        return format_html('{} <span class="muted">{}</span>', row.base_model, _t("baseline model"))
    link = format_html('<a id="deadline-link-{}" href="{}">{}</a>', row.pk,
                       subject.get_absolute_url(), subject)  # fmt: skip
    if row.found is None:
        return link
    return format_html('{}<p class="reason">{}</p>', link, _t("not in a project"))


def _kind(row: Deadline) -> str:
    if row.endpoint is not None and row.endpoint.model is not None:
        return f"{row.get_kind_display()}: {row.endpoint.model}"
    return row.get_kind_display()


def _last_day(row: Deadline) -> SafeString:
    return parts.deadline(row.at)


def _standing(row: Any) -> SafeString:
    return standings.badge(row)


def _use(row: Any) -> str:
    if row.endpoint is not None or not row.use_count:
        return texts.NOTHING
    return standings.use(row)


def _project(row: Deadline) -> SafeString | str:
    project = getattr(row.subject, "project", None)
    if project is None:
        return texts.NOTHING
    return format_html('<a id="deadline-project-{}" href="{}">{}</a>', row.pk,
                       project.get_absolute_url(), project)  # fmt: skip


def _resource(row: Deadline) -> str:
    return str(row.resource)


def _owner(row: Deadline) -> str:
    return str(getattr(row.subject, "created_by", None) or texts.NOTHING)


def _picture(rows: list[Any]) -> str:
    drawn = timeline(rows, timezone.now())
    return render_to_string("deadlines/timeline.html", {"timeline": drawn}) if drawn else ""


DEADLINES = Grid(
    name="deadlines",
    label=_("Deadlines"),
    filters=DeadlineFilter,
    empty="deadlines/empty.html",
    sort="at",
    picture=_picture,
    state=standings.word,
    columns=(
        Column("name", _("Model"), _name, "name"),
        Column("kind", _("Ends for"), _kind, "kind"),
        Column("at", _("Last day"), _last_day, "at"),
        Column("standing", _("State"), _standing),
        Column("use", _("In use"), _use, "use_count"),
        Column("project", _("Project"), _project, "project_name"),
        Column("resource", _("Resource"), _resource, "resource__name"),
        Column("owner", _("Owner"), _owner, shown=False),
    ),
)
