"""Endpoints: deployed models, and the logs of what they were asked."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from ninja import Router

from localspeech import representation, storage
from localspeech.api import answered, created
from localspeech.doorbell import work_soon
from localspeech.errors import invalid, not_found
from localspeech.filters import FILE_FIELDS, JOB_FIELDS
from localspeech.links import owned
from localspeech.lists import page
from localspeech.models import Endpoint, StoredFile
from localspeech.models.entity import Status
from localspeech.routes.common import (
    LOCALES,
    begin,
    delete,
    fields_of,
    model_for,
    patch,
    resource_of,
    seconds_to_live,
)
from localspeech.schemas import EndpointIn, EndpointPatch
from localspeech.versions import QUERY_VERSION, version_of

router = Router()


@router.get("endpoints")
def list_endpoints(request: HttpRequest) -> HttpResponse:
    """Endpoints of the resource."""
    rows = Endpoint.objects.filter(resource=resource_of(request)).select_related("custom_model")
    return answered(page(request, rows, JOB_FIELDS, representation.endpoint))


@router.get("endpoints/locales")
def endpoint_locales(request: HttpRequest) -> list[str]:
    """Locales that an endpoint may have."""
    return LOCALES


@router.post("endpoints")
def create_endpoint(request: HttpRequest, body: EndpointIn) -> HttpResponse:
    """Deploy a model."""
    resource = resource_of(request)
    fields = fields_of(resource, body)
    if body.text:
        message = "text: train a model from the text and deploy that."
        raise invalid(message, "InvalidParameterValue", "text")
    custom, base = model_for(resource, body.model, "model")
    _check_logging(request, body.properties.logging_enabled)
    with transaction.atomic():
        row = Endpoint.objects.create(
            **fields,
            custom_model=custom,
            base_model=base,
            logging_enabled=body.properties.logging_enabled,
            time_to_live_seconds=seconds_to_live(body.properties.time_to_live),
        )
        begin(row)
    return created(representation.endpoint(request, row))


def _check_logging(request: HttpRequest, wanted: bool) -> None:
    if wanted and version_of(request) == QUERY_VERSION:
        raise invalid(
            "In this version logs go to a storage of one's own, which this service does not "
            "know; use v3.2, or no logging.",
            "EndpointLoggingNotSupported",
            "loggingEnabled",
        )


@router.get("endpoints/{uuid:endpoint_id}")
def get_endpoint(request: HttpRequest, endpoint_id: UUID) -> HttpResponse:
    """One endpoint."""
    row = owned(Endpoint, resource_of(request), endpoint_id)
    return answered(representation.endpoint(request, row))


@router.patch("endpoints/{uuid:endpoint_id}")
def patch_endpoint(request: HttpRequest, endpoint_id: UUID, body: EndpointPatch) -> HttpResponse:
    """Change an endpoint; another model is loaded without a pause in answering."""
    row, changed = owned(Endpoint, resource_of(request), endpoint_id), set()
    if body.properties and body.properties.content_logging_enabled is not None:
        _check_logging(request, body.properties.content_logging_enabled)
        row.logging_enabled = body.properties.content_logging_enabled
        changed.add("logging_enabled")
    if body.model is not None:
        row.custom_model, row.base_model = model_for(row.resource, body.model, "model")
        row.status, row.last_action, row.attempts = Status.NOT_STARTED, timezone.now(), 0
        row.error_code = row.error_message = ""
        changed |= {"custom_model", "base_model", "status", "last_action", "attempts",
                    "error_code", "error_message"}  # fmt: skip
    with transaction.atomic():
        patch(row, body, changed)
        if body.model is not None:
            work_soon(row)
    return answered(representation.endpoint(request, row))


@router.delete("endpoints/{uuid:endpoint_id}")
def delete_endpoint(request: HttpRequest, endpoint_id: UUID) -> HttpResponse:
    """Delete an endpoint and its logs."""
    return delete(Endpoint, resource_of(request), endpoint_id, lambda row: False)


@router.get("endpoints/{uuid:endpoint_id}/files/logs")
def list_logs(request: HttpRequest, endpoint_id: UUID) -> HttpResponse:
    """What was said to the endpoint and what it answered, while logging was on."""
    row = owned(Endpoint, resource_of(request), endpoint_id)
    return answered(page(request, StoredFile.objects.filter(owner=row.pk), FILE_FIELDS, _log))


def _log(request: HttpRequest, row: StoredFile) -> dict[str, Any]:
    return representation.file(request, "endpoints", row, "logs")


@router.delete("endpoints/{uuid:endpoint_id}/files/logs")
def delete_logs(request: HttpRequest, endpoint_id: UUID) -> HttpResponse:
    """Delete all logs, or those up to `endDate`."""
    row = owned(Endpoint, resource_of(request), endpoint_id)
    found = StoredFile.objects.filter(owner=row.pk)
    end = request.GET.get("endDate", "")
    for file in found.filter(created__lte=_moment(end)) if end else found:
        storage.forget_file(file)
    return HttpResponse(status=202)


def _moment(text: str) -> datetime:
    try:
        moment = parse_datetime(text) or parse_datetime(f"{text}T23:59:59Z")
        if moment is not None:
            aware = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
            return aware.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise invalid(f"endDate: '{text[:30]}' is no date.", "InvalidLogEndTime", "endDate")


@router.get("endpoints/{uuid:endpoint_id}/files/logs/{uuid:log_id}")
def get_log(request: HttpRequest, endpoint_id: UUID, log_id: UUID) -> dict[str, Any]:
    """One log."""
    return _log(request, _one_log(request, endpoint_id, log_id))


@router.delete("endpoints/{uuid:endpoint_id}/files/logs/{uuid:log_id}")
def delete_log(request: HttpRequest, endpoint_id: UUID, log_id: UUID) -> HttpResponse:
    """Delete one log."""
    storage.forget_file(_one_log(request, endpoint_id, log_id))
    return HttpResponse(status=204)


def _one_log(request: HttpRequest, endpoint_id: UUID, log_id: UUID) -> StoredFile:
    row = owned(Endpoint, resource_of(request), endpoint_id)
    found = StoredFile.objects.filter(owner=row.pk, pk=log_id).first()
    if found is None:
        raise not_found("log")
    return found
