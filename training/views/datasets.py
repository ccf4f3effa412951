"""Speech datasets."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from training.forms.datasets import DatasetForm
from training.grids import DATASETS
from training.models import Dataset, User
from training.services import checking
from training.services import datasets as kept
from training.validation.findings import rows
from training.views.addresses import number
from training.views.exports import csv_answer
from training.views.files import service_files
from training.views.found import project_or_404
from training.views.lists import list_page
from training.views.live import live_page

_SHOWN = 100


@require_GET
def datasets(request: HttpRequest, project_id: int) -> HttpResponse:
    """The project's datasets."""
    project = project_or_404(project_id)
    rows = project.datasets.select_related("project", "created_by")
    context = {"project": project, "part": "datasets"}
    return list_page(request, "datasets/list.html", DATASETS, rows, context)


@require_http_methods(["GET", "POST"])
def new_dataset(request: HttpRequest, project_id: int) -> HttpResponse:
    """Upload data; when it was asked for from a draft, go back there."""
    project = project_or_404(project_id)
    draft = project.drafts.filter(pk=number(request.GET.get("draft")), submitted_at=None).first()
    form = DatasetForm(request.POST or None, request.FILES or None, project=project)
    if request.method == "POST" and form.is_valid() and isinstance(request.user, User):
        row = kept.create(project=project, user=request.user, **form.cleaned_data)
        messages.success(request, _("%(name)s is being imported.") % {"name": row})
        if draft:
            return redirect("wizard", project.pk, draft.pk, "data")
        return redirect("datasets", project.pk)
    context = {"project": project, "part": "datasets", "form": form, "draft": draft}
    return render(request, "datasets/new.html", context)


@require_POST
def decide(request: HttpRequest, project_id: int, pk: int) -> HttpResponse:
    """Send data in spite of warnings, or make a corrected copy."""
    row = get_object_or_404(Dataset, project_id=project_id, pk=pk)
    if request.POST.get("action") == "mend" and isinstance(request.user, User):
        copy = checking.mend(row, request.user)
        messages.success(request, _("%(name)s is being made.") % {"name": copy})
        return redirect(copy)
    if checking.accept(row):
        messages.success(request, _("%(name)s is being imported.") % {"name": row})
    return redirect(row)


@require_GET
def report(request: HttpRequest, project_id: int, pk: int) -> StreamingHttpResponse:
    """What the check found, as CSV."""
    row = get_object_or_404(Dataset, project_id=project_id, pk=pk)
    return csv_answer(f"{row.display_name} report.csv", rows(row.report))


@require_GET
def dataset(request: HttpRequest, project_id: int, pk: int) -> HttpResponse:
    """One dataset: status, counts, files, and what uses it."""
    project = project_or_404(project_id)
    row = get_object_or_404(project.datasets.select_related("created_by"), pk=pk)

    def context() -> dict[str, Any]:
        return {
            "project": project,
            "part": "datasets",
            "row": row,
            "models": row.models.all(),
            "mended": row.mended.first(),
            "findings": row.report.get("findings", [])[:_SHOWN],
            "tests": row.evaluations.all(),
            **service_files(row),
        }

    return live_page(request, "datasets/detail.html", context, [row])
