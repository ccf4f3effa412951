"""Datasets: from a file in the request, or from an address."""

import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import ValidationError

from localspeech import representation, storage
from localspeech.api import answered, created
from localspeech.engine.releases import DATASET_KINDS
from localspeech.errors import ApiError, invalid
from localspeech.events import CREATION, announce
from localspeech.filters import DATASET_FIELDS
from localspeech.links import owned
from localspeech.lists import page
from localspeech.models import Dataset
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
from localspeech.schemas import DatasetIn, Patch

router = Router()


@router.get("datasets")
def list_datasets(request: HttpRequest) -> HttpResponse:
    """Datasets of the resource."""
    rows = Dataset.objects.filter(resource=resource_of(request))
    return answered(page(request, rows, DATASET_FIELDS, representation.dataset))


@router.post("datasets")
def create_dataset(request: HttpRequest, body: DatasetIn) -> HttpResponse:
    """A dataset whose content the service fetches; without an address it comes in blocks."""
    _check_kind(body.kind)
    if body.content_url and not body.content_url.lower().startswith(("http://", "https://")):
        raise invalid(
            "contentUrl must be an http or https address.", "InvalidParameterValue", "contentUrl"
        )
    with transaction.atomic():
        row = Dataset.objects.create(
            **fields_of(resource_of(request), body),
            kind=body.kind,
            content_url=body.content_url,
            awaits_blocks=not body.content_url,
        )
        if row.content_url:
            begin(row)
        else:
            announce(row, CREATION)
    return created(representation.dataset(request, row))


@router.post("datasets/upload")
def upload_dataset(request: HttpRequest) -> HttpResponse:
    """A dataset from a multipart form."""
    if int(request.headers.get("Content-Length") or 0) > settings.LARGEST_UPLOAD + 2**20:
        raise ApiError(
            413, "InvalidRequest", "The file is larger than 2 GB.", "InvalidPayload", "data"
        )
    body = _form(request)
    data = request.FILES.get("data")
    if data is None:
        raise invalid("data: the form has no file.", "InvalidPayload", "data")
    with transaction.atomic():
        row = Dataset.objects.create(**fields_of(resource_of(request), body), kind=body.kind)
        storage.keep(row.pk, storage.DATA, file_kind(body.kind), data)
        begin(row)
    return created(representation.dataset(request, row))


def _form(request: HttpRequest) -> DatasetIn:
    values: dict[str, Any] = {name: request.POST[name] for name in request.POST}
    try:
        for name in ("project", "customProperties"):
            if values.get(name):
                values[name] = json.loads(values[name])
            else:
                values.pop(name, None)
        body = DatasetIn.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise invalid(f"{place}: {first['msg']}.", "InvalidPayload", place) from None
    except ValueError:
        raise invalid(f"{name} must be JSON.", "InvalidPayload", name) from None
    _check_kind(body.kind)
    return body


def _check_kind(kind: str) -> None:
    if kind not in DATASET_KINDS:
        known = ", ".join(DATASET_KINDS)
        raise invalid(f"kind must be one of {known}.", "InvalidParameterValue", "kind")


def file_kind(kind: str) -> str:
    """The file kind of a dataset kind's data."""
    return {"Pronunciation": "PronunciationData", "Acoustic": "AcousticDataArchive"}.get(
        kind, "LanguageData"
    )


@router.get("datasets/locales")
def dataset_locales(request: HttpRequest) -> dict[str, list[str]]:
    """Kinds that each locale may have."""
    return {locale: list(DATASET_KINDS) for locale in LOCALES}


@router.get("datasets/{uuid:dataset_id}")
def get_dataset(request: HttpRequest, dataset_id: UUID) -> HttpResponse:
    """One dataset."""
    row = owned(Dataset, resource_of(request), dataset_id)
    return answered(representation.dataset(request, row))


@router.patch("datasets/{uuid:dataset_id}")
def patch_dataset(request: HttpRequest, dataset_id: UUID, body: Patch) -> dict[str, Any]:
    """Change a dataset."""
    row = owned(Dataset, resource_of(request), dataset_id)
    patch(row, body)
    return representation.dataset(request, row)


@router.delete("datasets/{uuid:dataset_id}")
def delete_dataset(request: HttpRequest, dataset_id: UUID) -> HttpResponse:
    """Delete a dataset that nothing uses."""
    return delete(
        Dataset,
        resource_of(request),
        dataset_id,
        lambda row: any(
            users.exists() for users in (row.models, row.evaluations, row.transcriptions)
        ),
    )


@router.get("datasets/{uuid:dataset_id}/files")
def dataset_files(request: HttpRequest, dataset_id: UUID) -> HttpResponse:
    """The data and the import's report."""
    return files(request, Dataset, "datasets", dataset_id)


@router.get("datasets/{uuid:dataset_id}/files/{uuid:file_id}")
def dataset_file(request: HttpRequest, dataset_id: UUID, file_id: UUID) -> dict[str, Any]:
    """One of its files."""
    return file(request, Dataset, "datasets", dataset_id, file_id)
