"""Keeps each resource's base models and locales as the service lists them."""

from datetime import timedelta

import structlog
from django.db.models import Q
from django.utils import timezone

from training.models import BaseModel, Resource
from training.services import connection, datekeeping
from training.services.delays import after_failures
from training.speechapi import types
from training.speechapi.client import SpeechClient
from training.speechapi.errors import SpeechApiError

_INTERVAL = timedelta(hours=6)
_PATIENCE = timedelta(minutes=2)

log = structlog.get_logger(__name__)


def take_due() -> list[int]:
    """Resources whose catalogue should be read now; each is given out once a while."""
    now = timezone.now()
    ready = Resource.objects.filter(Q(catalogue_due_at=None) | Q(catalogue_due_at__lte=now))
    return [
        pk
        for pk in ready.values_list("pk", flat=True)
        if ready.filter(pk=pk).update(catalogue_due_at=now + _PATIENCE)
    ]


def refresh(resource_pk: int) -> None:
    """Read one resource's catalogue; a failure is noted and tried again later."""
    resource = Resource.objects.get(pk=resource_pk)
    try:
        with connection.client(resource) as client:
            read(resource, client)
    except SpeechApiError as error:
        wait = after_failures(resource.failures + 1)
        Resource.objects.filter(pk=resource_pk).update(
            catalogue_due_at=timezone.now() + wait,
            failures=resource.failures + 1,
            trouble=error.message,
        )
        log.warning("catalogue_failed", resource=resource_pk, reason=error.message)


def read(resource: Resource, client: SpeechClient) -> None:
    """Store locales and base models. Raises a SpeechApiError when the service fails."""
    locales = client.locales("projects")
    now = timezone.now()
    for remote in client.base_models():
        _store(resource, remote)
    datekeeping.refresh()
    Resource.objects.filter(pk=resource.pk).update(
        locales=locales,
        catalogue_due_at=now + _INTERVAL,
        answered_at=now,
        failures=0,
        trouble="",
    )


def _store(resource: Resource, remote: types.BaseModel) -> None:
    BaseModel.objects.update_or_create(
        resource=resource,
        remote_self=remote.self_link,
        defaults={
            "display_name": remote.display_name,
            "description": remote.description,
            "locale": remote.locale,
            "status": remote.status,
            "remote_created_at": remote.created,
            "adaptation_expires_at": remote.adaptation_ends,
            "transcription_expires_at": remote.transcription_ends,
            "charged_for_adaptation": remote.charge_for_adaptation,
            "adaptation_kinds": list(remote.supports_adaptations_with),
            "raw": dict(remote.raw),
            "seen_at": timezone.now(),
        },
    )
