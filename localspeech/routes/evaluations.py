"""Evaluations."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Router

from localspeech import representation
from localspeech.api import answered, created
from localspeech.errors import invalid
from localspeech.filters import JOB_FIELDS
from localspeech.links import owned, referenced
from localspeech.lists import page
from localspeech.models import Dataset, Evaluation, SpeechResource
from localspeech.models.entity import Status
from localspeech.routes.common import (
    LOCALES,
    begin,
    delete,
    fields_of,
    file,
    files,
    model_for,
    patch,
    resource_of,
)
from localspeech.schemas import EvaluationIn, Patch, Reference

router = Router()
_KINDS = ("Acoustic", "AudioFiles")


@router.get("evaluations")
def list_evaluations(request: HttpRequest) -> HttpResponse:
    """Evaluations of the resource."""
    rows = Evaluation.objects.filter(resource=resource_of(request))
    rows = rows.select_related("custom_model1", "custom_model2")
    return answered(page(request, rows, JOB_FIELDS, representation.evaluation))


@router.get("evaluations/locales")
def evaluation_locales(request: HttpRequest) -> list[str]:
    """Locales that an evaluation may have."""
    return LOCALES


@router.post("evaluations")
def create_evaluation(request: HttpRequest, body: EvaluationIn) -> HttpResponse:
    """Start an evaluation."""
    resource = resource_of(request)
    fields = fields_of(resource, body)
    dataset = referenced(Dataset, resource, body.dataset.self, "InvalidDataset", "dataset")
    if dataset.status != Status.SUCCEEDED:
        detail = "FailedDataset" if dataset.status == Status.FAILED else "InvalidDataset"
        raise invalid(f"The dataset {dataset.display_name} is not usable.", detail, "dataset")
    if dataset.kind not in _KINDS:
        message = "A test needs audio, with transcripts (kind Acoustic) or alone (AudioFiles)."
        raise invalid(message, "InvalidDataset", "dataset")
    models = _model(resource, 1, body.model1) | _model(resource, 2, body.model2)
    with transaction.atomic():
        row = Evaluation.objects.create(**fields, dataset=dataset, **models)
        begin(row)
    return created(representation.evaluation(request, row))


def _model(resource: SpeechResource, number: int, reference: Reference) -> dict[str, Any]:
    custom, base = model_for(resource, reference, f"model{number}")
    return {f"custom_model{number}": custom, f"base_model{number}": base}


@router.get("evaluations/{uuid:evaluation_id}")
def get_evaluation(request: HttpRequest, evaluation_id: UUID) -> HttpResponse:
    """One evaluation."""
    row = owned(Evaluation, resource_of(request), evaluation_id)
    return answered(representation.evaluation(request, row))


@router.patch("evaluations/{uuid:evaluation_id}")
def patch_evaluation(request: HttpRequest, evaluation_id: UUID, body: Patch) -> dict[str, Any]:
    """Change an evaluation."""
    row = owned(Evaluation, resource_of(request), evaluation_id)
    patch(row, body)
    return representation.evaluation(request, row)


@router.delete("evaluations/{uuid:evaluation_id}")
def delete_evaluation(request: HttpRequest, evaluation_id: UUID) -> HttpResponse:
    """Delete an evaluation."""
    return delete(Evaluation, resource_of(request), evaluation_id, lambda row: False)


@router.get("evaluations/{uuid:evaluation_id}/files")
def evaluation_files(request: HttpRequest, evaluation_id: UUID) -> HttpResponse:
    """Details and both models' texts."""
    return files(request, Evaluation, "evaluations", evaluation_id)


@router.get("evaluations/{uuid:evaluation_id}/files/{uuid:file_id}")
def evaluation_file(request: HttpRequest, evaluation_id: UUID, file_id: UUID) -> dict[str, Any]:
    """One of its files."""
    return file(request, Evaluation, "evaluations", evaluation_id, file_id)
