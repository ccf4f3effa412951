"""Test models: the list, one result, its files."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from training import overlaps
from training.grids import EVALUATIONS
from training.models import Evaluation
from training.results import Comparison
from training.services import cancelling
from training.services.testing import open_drafts
from training.views.files import service_files
from training.views.found import project_or_404
from training.views.lists import list_page
from training.views.live import live_page
from training.views.utterances import utterances_of

_MOST_FILES = 200
_MODELS = ("custom_model1", "base_model1", "custom_model2", "base_model2", "dataset")


@require_GET
def tests(request: HttpRequest, project_id: int) -> HttpResponseBase:
    """The project's tests."""
    project = project_or_404(project_id)
    rows = project.evaluations.select_related(*_MODELS, "created_by")
    context = {"project": project, "part": "tests", "drafts": open_drafts(project)}
    return list_page(request, "tests/list.html", EVALUATIONS, rows, context)


@require_GET
def test(request: HttpRequest, project_id: int, pk: int) -> HttpResponse:
    """One test: the figures of both models, and every utterance."""
    project = project_or_404(project_id)
    row = get_object_or_404(project.evaluations.select_related(*_MODELS, "created_by"), pk=pk)

    def context() -> dict[str, Any]:
        return {
            "project": project,
            "part": "tests",
            "row": row,
            "can_cancel": cancelling.is_possible(row),
            "comparison": _comparison(row),
            "warnings": overlaps.of_test(row),
            **utterances_of(request, row),
        }

    return live_page(request, "tests/detail.html", context, [row])


def _comparison(row: Evaluation) -> Comparison | None:
    if row.is_inspection:
        return None
    names = (str(row.model1), str(row.model2))
    return Comparison(row.results1, row.results2, row.analysis, names, row.has_one_model)


@require_GET
def test_files(request: HttpRequest, project_id: int, pk: int) -> HttpResponse:
    """The files that the service keeps for a test; a large test has thousands."""
    project = project_or_404(project_id)
    row = get_object_or_404(project.evaluations, pk=pk)
    context = {"project": project, "part": "tests", "row": row, "most": _MOST_FILES}
    return render(request, "tests/files.html", context | service_files(row, _MOST_FILES))


test.__test__ = False  # type: ignore[attr-defined]  # a view, not a test of pytest's
