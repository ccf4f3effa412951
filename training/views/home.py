"""The first page: what runs, what failed, what expires."""

from datetime import timedelta
from itertools import chain
from typing import Any

from django.contrib import messages
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from training.models import CustomModel, Dataset, Evaluation, Project, RemoteObject
from training.permissions import projects_of, trainer_required
from training.services import deadlines, sample
from training.services.suggestions import suggestions
from training.views.found import signed_in
from training.views.live import live_page

_MOST = 8


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Projects, work under way, failures and the nearest deadlines."""
    user = signed_in(request)
    everything = projects_of(user)
    seen = everything.filter(archived_at=None)
    projects = list(_counted(seen.select_related("resource", "created_by"))[:50])
    recent = [row for kind in (Dataset, CustomModel, Evaluation) for row in _latest(kind, seen)]

    def context() -> dict[str, Any]:
        now = timezone.now()
        mine = deadlines.seen_by(deadlines.listed(), user)
        soon = deadlines.pressing(mine).filter(at__lte=now + timedelta(days=90))
        near = soon.filter(at__gt=now - deadlines.LONG_AGO)
        return {
            "projects": projects,
            "archived": everything.filter(archived_at__isnull=False).order_by("display_name"),
            "running": [row for row in recent if not row.is_final][:_MOST],
            "failed": [row for row in recent if row.has_failed][:_MOST],
            "deadlines": near[:_MOST],
            "suggestions": suggestions(user),
        }

    return live_page(request, "home/home.html", context, chain(projects, recent))


def _latest(kind: type[RemoteObject], seen: "QuerySet[Project]") -> "QuerySet[Any]":
    rows: Any = kind._default_manager
    return rows.filter(project__in=seen).select_related("project").order_by("-changed_at")[:40]


def _counted(rows: "QuerySet[Project]") -> "QuerySet[Project]":
    return rows.annotate(
        dataset_count=_number_of(Dataset),
        model_count=_number_of(CustomModel),
        test_count=_number_of(Evaluation),
    )


def _number_of(kind: type[RemoteObject]) -> Coalesce:
    """A count of its own: joined together, three kinds would be multiplied with each other."""
    rows: Any = kind._default_manager
    mine = rows.filter(project=OuterRef("pk")).order_by().values("project")
    return Coalesce(Subquery(mine.annotate(n=Count("pk")).values("n")), 0)


@require_POST
@trainer_required
def load_sample(request: HttpRequest) -> HttpResponse:
    """Make the sample project, and go on to its data."""
    project = sample.load(signed_in(request))
    messages.success(
        request, _("The sample project is being loaded. Its data is imported within a minute.")
    )
    return redirect("datasets", project.pk)
