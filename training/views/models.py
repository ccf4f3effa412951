"""Train custom models: the list, a model's page, its manifest."""

import json
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from training.grids import MODELS
from training.models import CustomModel, Evaluation
from training.models.evaluation import evaluations_of
from training.services import drafts, files
from training.speechapi.errors import SpeechApiError
from training.views.files import service_files
from training.views.found import project_or_404
from training.views.lists import list_page
from training.views.live import live_page


@require_GET
def models(request: HttpRequest, project_id: int) -> HttpResponse:
    """The project's models, and drafts that anyone may finish."""
    project = project_or_404(project_id)
    tests = Evaluation.objects.filter(status="Succeeded").order_by("-created_at")
    rows = project.models.select_related("base_model", "created_by").prefetch_related(
        Prefetch(
            "tests_as_first",
            tests.select_related("custom_model2", "base_model2"),
            to_attr="done_tests",
        )
    )
    context = {"project": project, "part": "models", "drafts": drafts.open_drafts(project)}
    return list_page(request, "models/list.html", MODELS, rows, context)


@require_GET
def model(request: HttpRequest, project_id: int, pk: int) -> HttpResponse:
    """Everything about one model."""
    project = project_or_404(project_id)
    row = get_object_or_404(project.models.select_related("base_model", "created_by"), pk=pk)
    tests = list(
        evaluations_of(row).select_related(
            "custom_model1", "base_model1", "custom_model2", "base_model2", "dataset"
        )
    )

    def context() -> dict[str, Any]:
        return {
            "project": project,
            "part": "models",
            "row": row,
            "datasets": row.datasets.all(),
            "tests": tests,
            "endpoints": row.endpoints.all(),
            "raw": json.dumps(row.raw, indent=2, ensure_ascii=False) if row.raw else "",
            **service_files(row),
        }

    return live_page(request, "models/detail.html", context, [row, *tests])


@require_GET
def manifest(request: HttpRequest, project_id: int, pk: int) -> HttpResponse:
    """The model's manifest, as a download."""
    row = get_object_or_404(CustomModel, pk=pk, project_id=project_id)
    try:
        found = files.manifest(row)
    except SpeechApiError as error:
        return HttpResponse(error.message, status=502, content_type="text/plain; charset=utf-8")
    name = content_disposition_header(True, f"{row.remote_id}-manifest.json")
    headers = {"Content-Disposition": name or "attachment"}
    return JsonResponse(dict(found), json_dumps_params={"indent": 2}, headers=headers)
