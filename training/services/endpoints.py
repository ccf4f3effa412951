"""Deploying models: creating endpoints, changing their model, trying them."""

import time
from dataclasses import dataclass
from typing import IO
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from training.models import BaseModel, CustomModel, Endpoint, Event, Project, Resource, User
from training.services import connection, events, sync
from training.services.doorbell import submit_soon
from training.services.once import of_project
from training.speechapi import types
from training.speechapi.errors import ForeignAddress


@dataclass(frozen=True)
class Heard:
    """What an endpoint heard, and how long the answer took, in seconds."""

    text: str
    audio_seconds: float
    waited_seconds: float


@transaction.atomic
def create(
    *,
    project: Project,
    model: CustomModel | BaseModel,
    display_name: str,
    description: str,
    logging_enabled: bool,
    user: User,
    submission_key: UUID,
) -> Endpoint:
    """A new endpoint, or the one that the same form made before."""
    row, made = Endpoint.objects.get_or_create(
        submission_key=submission_key,
        defaults={
            "project": project,
            "custom_model": model if isinstance(model, CustomModel) else None,
            "base_model": model if isinstance(model, BaseModel) else None,
            "display_name": display_name,
            "description": description,
            "logging_enabled": logging_enabled,
            "created_by": user,
        },
    )
    if made:
        events.record(Event.Verb.CREATED, row, user)
        submit_soon(row)
    return of_project(row, project)


def change_model(row: Endpoint, model: CustomModel | BaseModel, user: User | None) -> None:
    """Let an endpoint answer with another model; its address stays. Raises a SpeechApiError.

    Safe to repeat, and sent even for the model that it has here: an answer may have been lost.
    """
    before = row.model
    with connection.client(row.resource) as client:
        remote = client.update(types.Endpoint, row.remote_self, model=model.remote_self)
    with transaction.atomic():
        sync.redeployed(row, remote, model)
        if before != model:
            text = _("It answers with %(model)s now.") % {"model": model}
            events.record(Event.Verb.CHANGED, row, user, text)
        Resource.objects.filter(pk=row.resource.pk, failures=0).update(poll_due_at=None)


def recognise(row: Endpoint, audio: IO[bytes]) -> Heard:
    """What the endpoint hears in a short WAV. Raises a SpeechApiError."""
    with connection.client(row.resource) as client:
        endpoint = types.Endpoint.parse(row.raw)
        if not can_be_tried(row):
            raise ForeignAddress(_("This service recognises at another host; use the sample code."))
        began = time.monotonic()
        found = client.recognise(endpoint, audio)
    return Heard(found.text, found.duration.total_seconds(), time.monotonic() - began)


def can_be_tried(row: Endpoint) -> bool:
    """Whether the endpoint answers at the resource's own host, the only one that gets its key."""
    return row.link("restInteractive").startswith(f"{row.resource.address.rstrip('/')}/")
