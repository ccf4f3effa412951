"""Base models and custom models."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from localspeech import representation, storage
from localspeech.api import answered, created
from localspeech.content import content_url
from localspeech.engine.releases import BaseModelRelease
from localspeech.errors import invalid, not_found
from localspeech.filters import JOB_FIELDS
from localspeech.lifecycle import transcription_ends
from localspeech.links import base_model, last_segment, link, owned, referenced
from localspeech.lists import page, page_of
from localspeech.models import (
    UNDECIDED,
    CustomModel,
    Dataset,
    Evaluation,
    SpeechResource,
    StoredFile,
)
from localspeech.models.entity import Status
from localspeech.offers import described, offered
from localspeech.routes.common import (
    LOCALES,
    begin,
    delete,
    fields_of,
    file,
    files,
    patch,
    resource_of,
)
from localspeech.schemas import ModelIn, Patch, Reference
from localspeech.versions import QUERY_VERSION, version_of

router = Router()


@router.get("models/base")
def list_base_models(request: HttpRequest) -> HttpResponse:
    """Releases of the engine, oldest first."""
    show = representation.base_model
    return answered(page_of(request, offered(), JOB_FIELDS, _columns, show))


def _columns(release: BaseModelRelease) -> dict[str, Any]:
    return {
        "display_name": release.name,
        "description": described(release),
        "locale": release.locale,
        "created": release.created,
        "last_action": release.created,
        "status": Status.SUCCEEDED,
    }


@router.get("models/base/{uuid:model_id}")
def get_base_model(request: HttpRequest, model_id: UUID) -> HttpResponse:
    """One release."""
    return answered(representation.base_model(request, _release(model_id)))


@router.get("models/base/{uuid:model_id}/manifest")
def base_model_manifest(request: HttpRequest, model_id: UUID) -> dict[str, Any]:
    """What a release consists of: nothing that is not in the engine's package."""
    _check_lifetime(request)
    release = _release(model_id)
    return {
        "model": {"self": link(request, "models", "base", model_id)},
        "modelFiles": [],
        "properties": {"engine": "localspeech", "release": release.name},
    }


def _check_lifetime(request: HttpRequest) -> None:
    if version_of(request) == QUERY_VERSION and not request.GET.get("sasLifetimeMinutes"):
        message = "sasLifetimeMinutes is required: how long links to the files shall work."
        raise invalid(message, "InvalidSasValidityDuration", "sasLifetimeMinutes")


def _release(model_id: UUID) -> BaseModelRelease:
    release = base_model(str(model_id))
    if release is None:
        raise not_found("base model")
    return release


@router.get("models")
def list_models(request: HttpRequest) -> HttpResponse:
    """Custom models of the resource."""
    rows = CustomModel.objects.filter(resource=resource_of(request)).prefetch_related("datasets")
    return answered(page(request, rows, JOB_FIELDS, representation.custom_model))


@router.get("models/locales")
def model_locales(request: HttpRequest) -> list[str]:
    """Locales that a model may have."""
    return LOCALES


@router.post("models")
def create_model(request: HttpRequest, body: ModelIn) -> HttpResponse:
    """Start a training."""
    resource = resource_of(request)
    fields = fields_of(resource, body)
    release = _base_for(body.base_model)
    datasets = [_dataset(resource, release, reference) for reference in body.datasets]
    if not datasets and not body.text.strip():
        raise invalid("datasets: name at least one.", "InvalidDataset", "datasets")
    created_at = timezone.now()
    with transaction.atomic():
        row = CustomModel.objects.create(
            **fields,
            base_model=release.name,
            weight_percent=body.properties.custom_model_weight_percent or UNDECIDED,
            created=created_at,
            transcription_ends=transcription_ends(created_at),
        )
        row.datasets.set(datasets)
        if body.text:
            storage.keep(row.pk, storage.TEXT, "LanguageData", body.text.encode())
        begin(row)
    return created(representation.custom_model(request, row))


def _base_for(reference: Reference | None) -> BaseModelRelease:
    if reference is None:
        return offered()[-1]
    release = base_model(last_segment(reference.self))
    if release is None:
        raise invalid("The base model does not exist.", "InvalidBaseModel", "baseModel")
    if release.adaptation_ends <= timezone.now():
        day = release.adaptation_ends.date()
        raise invalid(
            f"The base model {release.name} could be adapted until {day}.",
            "ModelDeprecated",
            "baseModel",
        )
    return release


def _dataset(resource: SpeechResource, release: BaseModelRelease, reference: Reference) -> Dataset:
    row = referenced(Dataset, resource, reference.self, "InvalidDataset", "datasets")
    if row.status == Status.FAILED:
        raise invalid(f"The dataset {row.display_name} failed.", "FailedDataset", "datasets")
    if row.status != Status.SUCCEEDED:
        raise invalid(
            f"The dataset {row.display_name} is still being imported.", "InvalidDataset", "datasets"
        )
    if row.kind not in release.supports_adaptations_with:
        raise invalid(
            f"The base model {release.name} takes no data of kind {row.kind}.",
            "InvalidAdaptationMapping",
            "datasets",
        )
    return row


@router.get("models/{uuid:model_id}")
def get_model(request: HttpRequest, model_id: UUID) -> HttpResponse:
    """One custom model."""
    row = owned(CustomModel, resource_of(request), model_id)
    return answered(representation.custom_model(request, row))


@router.patch("models/{uuid:model_id}")
def patch_model(request: HttpRequest, model_id: UUID, body: Patch) -> dict[str, Any]:
    """Change a custom model."""
    row = owned(CustomModel, resource_of(request), model_id)
    patch(row, body)
    return representation.custom_model(request, row)


@router.delete("models/{uuid:model_id}")
def delete_model(request: HttpRequest, model_id: UUID) -> HttpResponse:
    """Delete a custom model that nothing uses."""
    return delete(CustomModel, resource_of(request), model_id, _is_used)


def _is_used(row: CustomModel) -> bool:
    tested = Evaluation.objects.filter(Q(custom_model1=row) | Q(custom_model2=row))
    return tested.exists() or row.endpoints.exists() or row.transcriptions.exists()


@router.get("models/{uuid:model_id}/files")
def model_files(request: HttpRequest, model_id: UUID) -> HttpResponse:
    """The model's own part and the training's report."""
    return files(request, CustomModel, "models", model_id)


@router.get("models/{uuid:model_id}/files/{uuid:file_id}")
def model_file(request: HttpRequest, model_id: UUID, file_id: UUID) -> dict[str, Any]:
    """One of its files."""
    return file(request, CustomModel, "models", model_id, file_id)


@router.get("models/{uuid:model_id}/manifest")
def model_manifest(request: HttpRequest, model_id: UUID) -> dict[str, Any]:
    """Names and contents of the model's files."""
    _check_lifetime(request)
    row = owned(CustomModel, resource_of(request), model_id)
    listed = StoredFile.objects.filter(owner=row.pk, kind="LanguageData")
    return {
        "model": {"self": link(request, "models", model_id)},
        "modelFiles": [
            {"name": one.name, "contentUrl": content_url(request, one)} for one in listed
        ],
        "properties": {"engine": "localspeech", "release": row.base_model},
    }
