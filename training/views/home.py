"""The first page: what runs, what failed, what expires."""

from itertools import chain
from typing import Any

from django.contrib import messages
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from training.models import CustomModel, Dataset, Evaluation, Project, RemoteObject, User
from training.services import deadlines, sample
from training.services.suggestions import suggestions
from training.views.live import live_page

_MOST = 8


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Projects, work under way, failures and the nearest deadlines."""
    projects = list(_counted(Project.objects.select_related("resource", "created_by"))[:50])
    recent = [
        row
        for kind in (Dataset, CustomModel, Evaluation)
        for row in kind._default_manager.select_related("project").order_by("-changed_at")[:40]
    ]

    def context() -> dict[str, Any]:
        all_of_ours = (one for one in deadlines.all_deadlines() if one.concerns_us)
        near = [one for one in all_of_ours if one.state != "later"]
        return {
            "projects": projects,
            "running": [row for row in recent if not row.is_final][:_MOST],
            "failed": [row for row in recent if row.has_failed][:_MOST],
            "deadlines": near[:_MOST],
            "suggestions": suggestions() if projects else [],
        }

    return live_page(request, "home/home.html", context, chain(projects, recent))


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
def load_sample(request: HttpRequest) -> HttpResponse:
    """Make the sample project, and go on to its data."""
    if not isinstance(request.user, User):
        return redirect("account_login")
    project = sample.load(request.user)
    messages.success(
        request, _("The sample project is being loaded. Its data is imported within a minute.")
    )
    return redirect("datasets", project.pk)
