"""Batch transcriptions, so that a trained model can be used without an endpoint."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Router

from localspeech import representation
from localspeech.api import answered, created
from localspeech.engine.releases import AUDIO_KINDS
from localspeech.errors import ApiError, invalid
from localspeech.filters import JOB_FIELDS
from localspeech.links import owned, referenced
from localspeech.lists import page
from localspeech.models import Dataset, SpeechResource, Transcription
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
    seconds_to_live,
)
from localspeech.schemas import Patch, TranscriptionIn, TranscriptionProperties
from localspeech.versions import QUERY_VERSION, version_of

router = Router()
_MOST_URLS = 1000
_BEYOND_THE_ENGINE = {
    "diarization_enabled": "diarizationEnabled",
    "diarization": "diarization",
    "language_identification": "languageIdentification",
    "destination_container_url": "destinationContainerUrl",
}


@router.get("transcriptions")
def list_transcriptions(request: HttpRequest) -> HttpResponse:
    """Batch transcriptions of the resource."""
    rows = Transcription.objects.filter(resource=resource_of(request))
    rows = rows.select_related("custom_model")
    return answered(page(request, rows, JOB_FIELDS, representation.transcription))


@router.get("transcriptions/locales")
def transcription_locales(request: HttpRequest) -> list[str]:
    """Locales that a transcription may have."""
    return LOCALES


@router.post("transcriptions")
def create_transcription(request: HttpRequest, body: TranscriptionIn) -> HttpResponse:
    """Start a batch transcription."""
    if version_of(request) == QUERY_VERSION:
        message = "In this version a transcription begins with POST transcriptions:submit."
        raise ApiError(405, "NotAllowed", message)
    return _create(request, body)


@router.post("transcriptions:submit")
def submit_transcription(request: HttpRequest, body: TranscriptionIn) -> HttpResponse:
    """Start a batch transcription, as 2025-10-15 calls it."""
    return _create(request, body)


def _create(request: HttpRequest, body: TranscriptionIn) -> HttpResponse:
    resource = resource_of(request)
    fields = fields_of(resource, body)
    _check_sources(body)
    _check_settings(body.properties)
    custom, base = model_for(resource, body.model, "model")
    settings = body.properties
    with transaction.atomic():
        row = Transcription.objects.create(
            **fields,
            custom_model=custom,
            base_model=base,
            content_urls=body.content_urls,
            dataset=_dataset(resource, body),
            word_level_timestamps=settings.word_level_timestamps_enabled,
            time_to_live_seconds=seconds_to_live(
                settings.time_to_live, settings.time_to_live_hours
            ),
        )
        begin(row)
    return created(representation.transcription(request, row))


def _check_sources(body: TranscriptionIn) -> None:
    if body.content_container_url:
        message = "contentContainerUrl: containers cannot be read here; use contentUrls."
        raise invalid(message, "InvalidParameterValue", "contentContainerUrl")
    if bool(body.content_urls) == bool(body.dataset):
        message = "Name either contentUrls or a dataset."
        raise invalid(message, "OnlyOneOfUrlsOrContainerOrDataset", "contentUrls")
    if len(body.content_urls) > _MOST_URLS:
        message = f"contentUrls may hold at most {_MOST_URLS:,} addresses."
        raise invalid(message, "ExceededNumberOfRecordingsUris", "contentUrls")
    for number, url in enumerate(body.content_urls, 1):
        if not url.lower().startswith(("http://", "https://")) or len(url) > 2000:
            message = f"contentUrls: address {number} is not an http or https address."
            raise invalid(message, "InvalidRecordingsUri", "contentUrls")


def _check_settings(settings: TranscriptionProperties) -> None:
    for name, shown in _BEYOND_THE_ENGINE.items():
        if getattr(settings, name):
            message = f"{shown} is not something that this engine can do."
            raise invalid(message, "InvalidParameterValue", shown)


def _dataset(resource: SpeechResource, body: TranscriptionIn) -> Dataset | None:
    if body.dataset is None:
        return None
    row = referenced(Dataset, resource, body.dataset.self, "InvalidDataset", "dataset")
    if row.kind not in AUDIO_KINDS or row.status != Status.SUCCEEDED:
        message = f"The dataset {row.display_name} holds no imported audio."
        raise invalid(message, "InvalidDataset", "dataset")
    return row


@router.get("transcriptions/{uuid:transcription_id}")
def get_transcription(request: HttpRequest, transcription_id: UUID) -> HttpResponse:
    """One transcription."""
    row = owned(Transcription, resource_of(request), transcription_id)
    return answered(representation.transcription(request, row))


@router.patch("transcriptions/{uuid:transcription_id}")
def patch_transcription(request: HttpRequest, transcription_id: UUID, body: Patch) -> HttpResponse:
    """Change a transcription."""
    row = owned(Transcription, resource_of(request), transcription_id)
    patch(row, body)
    return answered(representation.transcription(request, row))


@router.delete("transcriptions/{uuid:transcription_id}")
def delete_transcription(request: HttpRequest, transcription_id: UUID) -> HttpResponse:
    """Delete a transcription and its files."""
    return delete(Transcription, resource_of(request), transcription_id, lambda row: False)


@router.get("transcriptions/{uuid:transcription_id}/files")
def transcription_files(request: HttpRequest, transcription_id: UUID) -> HttpResponse:
    """The recognised texts and the report."""
    return files(request, Transcription, "transcriptions", transcription_id)


@router.get("transcriptions/{uuid:transcription_id}/files/{uuid:file_id}")
def transcription_file(
    request: HttpRequest, transcription_id: UUID, file_id: UUID
) -> dict[str, Any]:
    """One of its files."""
    return file(request, Transcription, "transcriptions", transcription_id, file_id)
