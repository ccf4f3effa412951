"""What several collections do alike."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_duration

from localspeech import representation, storage
from localspeech.api import answered
from localspeech.doorbell import work_soon
from localspeech.engine.releases import LOCALE
from localspeech.errors import ApiError, conflict, invalid, not_found
from localspeech.events import CREATION, DELETION, announce
from localspeech.filters import FILE_FIELDS
from localspeech.links import base_model, last_segment, owned, referenced
from localspeech.lists import page
from localspeech.models import CustomModel, Job, Project, SpeechResource, StoredFile, WebHook
from localspeech.models.entity import FINAL, Status
from localspeech.models.owners import is_owner
from localspeech.offers import offered
from localspeech.schemas import Common, Patch, Reference
from studio.bodies import BodyTooLarge, spooled

LOCALES = [LOCALE]
_PATCHED = {"display_name", "description", "custom_properties"}


def resource_of(request: HttpRequest) -> SpeechResource:
    """The resource that the key belongs to."""
    resource: SpeechResource = request.auth  # type: ignore[attr-defined]  # set by ninja
    return resource


def check_locale(locale: str) -> None:
    """Raise InvalidLocale for any other than the engine's."""
    if locale not in LOCALES:
        raise invalid(
            f"The locale '{locale[:20]}' is not supported; use {LOCALE}.", "InvalidLocale", "locale"
        )


def project_of(resource: SpeechResource, reference: Reference | None) -> Project | None:
    """The project that a body names."""
    if reference is None:
        return None
    return referenced(Project, resource, reference.self, "InvalidProject", "project")


def fields_of(resource: SpeechResource, body: Common) -> dict[str, Any]:
    """Columns that every create fills."""
    check_locale(body.locale)
    found = {
        "resource": resource,
        "display_name": body.display_name,
        "description": body.description,
        "locale": body.locale,
        "custom_properties": body.custom_properties,
    }
    project = project_of(resource, body.project)
    return found | ({"project": project} if project else {})


@contextmanager
def body_of(
    request: HttpRequest, largest: int, too_large: str, empty: str, empty_code: str
) -> Iterator[TemporaryUploadedFile]:
    """The raw body as a file of at most `largest` bytes. Raises a 413 or a 400."""
    try:
        with spooled(request, largest) as body:
            if not body.size:
                raise invalid(empty, empty_code, "body")
            yield body
    except BodyTooLarge:
        raise ApiError(413, "InvalidRequest", too_large, "InvalidPayload", "body") from None


def begin(row: Job) -> None:
    """Tell web hooks of a new object, and a worker of its work; in the caller's transaction."""
    announce(row, CREATION)
    work_soon(row)


def model_for(
    resource: SpeechResource, reference: Reference | None, target: str
) -> tuple[CustomModel | None, str]:
    """A trained custom model, or the name of a base model (the newest for no reference)."""
    if reference is None:
        return None, offered()[-1].name
    release = base_model(last_segment(reference.self))
    if release is not None:
        _check_alive(release.name, release.transcription_ends, target)
        return None, release.name
    row = referenced(CustomModel, resource, reference.self, "InvalidModel", target)
    if row.status != Status.SUCCEEDED:
        raise invalid(f"The model {row.display_name} is not trained.", "InvalidModel", target)
    _check_alive(row.display_name, row.transcription_ends, target)
    return row, ""


def _check_alive(name: str, end: datetime, target: str) -> None:
    if end <= timezone.now():
        message = f"The model {name} could be used until {end.date()}."
        raise invalid(message, "ModelDeprecated", target)


def seconds_to_live(text: str, hours: int = 0) -> int:
    """An ISO 8601 duration of at most 31 days, in seconds; 0 for none."""
    if not text:
        return hours * 3600
    try:
        duration = parse_duration(text) if text.startswith("P") else None
    except (OverflowError, ValueError):
        duration = None
    if duration is None or not timedelta(0) <= duration <= timedelta(days=31):
        message = "timeToLive must be an ISO 8601 duration of at most 31 days, such as P7D."
        raise invalid(message, "InvalidTimeToLive", "timeToLive")
    return int(duration.total_seconds())


def patch(row: Any, body: Patch, also: Iterable[str] = ()) -> None:
    """Change what the body names, and nothing that a worker may have written meanwhile."""
    changed = set(also)
    for name in _PATCHED & body.model_fields_set:
        value = getattr(body, name)
        if value is None and name == "display_name":
            raise invalid("displayName must not be empty.", "InvalidPayload", "displayName")
        setattr(row, name, value if value is not None else type(getattr(row, name))())
        changed.add(name)
    if "project" in body.model_fields_set and hasattr(row, "project_id"):
        row.project = project_of(row.resource, body.project)
        changed.add("project")
    if changed:
        row.save(update_fields=changed)


def delete(
    kind: type[Any], resource: SpeechResource, identifier: UUID, users: Callable[[Any], bool]
) -> HttpResponse:
    """204 also for what is gone already; refused while it is worked on or used."""
    row = kind._default_manager.filter(pk=identifier, resource=resource).first()
    if row is not None:
        waits = getattr(row, "awaits_blocks", False) or isinstance(row, WebHook)
        if isinstance(row, Job) and row.status not in FINAL and not waits:
            raise conflict("It can be deleted when its work has ended.", "DeleteNotAllowed")
        if users(row):
            raise conflict("Something else still uses it; delete that first.", "InUseViolation")
        with transaction.atomic():
            announce(row, DELETION)
            row.delete()
    if not is_owner(identifier):
        storage.forget(identifier)
    return HttpResponse(status=204)


def files(request: HttpRequest, kind: type[Any], collection: str, identifier: UUID) -> HttpResponse:
    """The files of an object."""
    row = owned(kind, resource_of(request), identifier)
    found = StoredFile.objects.filter(owner=row.pk).exclude(name=storage.TEXT)
    return answered(page(request, found, FILE_FIELDS, partial(_file, collection)))


def _file(collection: str, request: HttpRequest, row: StoredFile) -> dict[str, Any]:
    return representation.file(request, collection, row)


def file(
    request: HttpRequest, kind: type[Any], collection: str, identifier: UUID, file_id: UUID
) -> dict[str, Any]:
    """One file of an object."""
    row = owned(kind, resource_of(request), identifier)
    found = StoredFile.objects.filter(owner=row.pk, pk=file_id).first()
    if found is None:
        raise not_found("file")
    return representation.file(request, collection, found)
