"""Train custom models: the list, a model's page, its manifest."""

import json
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from training.display import progress
from training.enums import Status, TestingKind
from training.grids import MODELS
from training.models import CustomModel, Evaluation, ModelCopy, Project, RenewalPlan
from training.models.evaluation import evaluations_of
from training.models.renewal import replaced_by
from training.permissions import projects_of
from training.services import cancelling, drafts, files, reminding, retraining
from training.speechapi.errors import SpeechApiError
from training.views.files import service_files
from training.views.found import project_or_404
from training.views.lists import list_page
from training.views.live import live_page


@require_GET
def models(request: HttpRequest, project_id: int) -> HttpResponseBase:
    """The project's models, and drafts that anyone may finish."""
    project = project_or_404(project_id)
    done = {"status": Status.SUCCEEDED, "testing_kind": TestingKind.EVALUATION}
    tests = Evaluation.objects.filter(**done).order_by("-created_at")
    rows = retraining.with_newest_base(project.models.all()).prefetch_related(
        Prefetch(
            "tests_as_first",
            tests.select_related("custom_model2", "base_model2"),
            to_attr="done_tests",
        )
    )
    rows = rows.select_related("base_model", "created_by")
    context = {"project": project, "part": "models", "drafts": drafts.open_drafts(project)}
    return list_page(request, "models/list.html", MODELS, rows, context)


@require_GET
def model(request: HttpRequest, project_id: int, pk: int) -> HttpResponse:
    """Everything about one model."""
    project = project_or_404(project_id)
    found = project.models.select_related("base_model", "created_by", "renews")
    row = get_object_or_404(found, pk=pk)
    tests = list(
        evaluations_of(row).select_related(
            "custom_model1", "base_model1", "custom_model2", "base_model2", "dataset"
        )
    )
    seen = projects_of(request.user)
    copies = list(
        row.copies.filter(project__in=seen).select_related(
            "project__resource", "result", "requested_by"
        )
    )

    def context() -> dict[str, Any]:
        replaced = replaced_by(row)
        return {
            "project": project,
            "part": "models",
            "row": row,
            "pressing": reminding.pressing(row),
            "progress": progress.progress(row),
            "can_cancel": cancelling.is_possible(row),
            "outcome": progress.outcome(row),
            "newer_base": None if replaced else retraining.newer_base_model(row),
            "renewed_by": replaced,
            "plan": RenewalPlan.objects.filter(model=row).first(),
            "datasets": row.datasets.all(),
            "tests": tests,
            "copies": copies,
            "origin": _origin(row, seen),
            "endpoints": row.endpoints.all(),
            "raw": json.dumps(row.raw, indent=2, ensure_ascii=False) if row.raw else "",
            **service_files(row),
        }

    return live_page(request, "models/detail.html", context, [row, *tests, *copies])


def _origin(row: CustomModel, seen: "QuerySet[Project]") -> ModelCopy | None:
    """The copy that made it; None also while its source lies in a project that is not seen."""
    is_seen = Q(source=None) | Q(source__project__in=seen)
    found = ModelCopy.objects.filter(is_seen, result=row)
    return found.select_related("source__project", "source_resource").first()


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
