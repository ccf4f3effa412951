"""Speech datasets."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from training.grids import DATASETS
from training.models import Dataset, User
from training.services import checking, uploads
from training.validation.findings import rows
from training.views.exports import csv_answer
from training.views.files import service_files
from training.views.found import project_or_404
from training.views.lists import list_page
from training.views.live import asked_part, live_page
from training.views.samples import sample_of
from training.views.words import words_of

_SHOWN, _MOST_OVERLAPS = 100, 10
_PARTS = {
    "sample": ("datasets/sample.html", sample_of),
    "found-words": ("datasets/words.html", words_of),
}


@require_GET
def datasets(request: HttpRequest, project_id: int) -> HttpResponseBase:
    """The project's datasets."""
    project = project_or_404(project_id)
    rows = project.datasets.select_related("project", "created_by")
    context = {"project": project, "part": "datasets", "drafts": uploads.open_drafts(project)}
    return list_page(request, "datasets/list.html", DATASETS, rows, context)


@require_POST
def decide(request: HttpRequest, project_id: int, pk: int) -> HttpResponse:
    """Send data in spite of warnings, or make a corrected copy."""
    row = get_object_or_404(Dataset, project_id=project_id, pk=pk)
    if request.POST.get("action") == "mend" and isinstance(request.user, User):
        copy = checking.mend(row, request.user)
        messages.success(request, _("%(name)s is being made.") % {"name": copy})
        return redirect(copy)
    if request.POST.get("action") == "again":
        checking.check_again(row)
        return redirect(row)
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
    """One dataset: status, counts, rows, words, files, and what uses it."""
    project = project_or_404(project_id)
    row = get_object_or_404(project.datasets.select_related("created_by"), pk=pk)
    row.project = project
    if asked_part(request) in _PARTS:
        template, part = _PARTS[asked_part(request)]
        return render(request, template, {"project": project, "row": row, **part(request, row)})

    def whole() -> dict[str, Any]:
        return {
            "project": project,
            "part": "datasets",
            "row": row,
            "models": row.models.all(),
            "mended": row.mended.first(),
            "facts": _facts(row),
            "findings": row.report.get("findings", [])[:_SHOWN],
            "tests": row.evaluations.all(),
            "overlaps": row.overlaps.select_related("other")[:_MOST_OVERLAPS],
            **sample_of(request, row),
            **words_of(request, row),
            **service_files(row),
        }

    return live_page(request, "datasets/detail.html", whole, [row])


def _facts(row: Dataset) -> dict[str, int]:
    """What the check counted; of the words what the service tells, as soon as it does."""
    names = ("word_count", "vocabulary_size")
    told = {name: value for name in names if (value := getattr(row, name)) is not None}
    return {**row.report.get("facts", {}), **told}
