"""What several collections do alike."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from localspeech import representation, storage
from localspeech.engine.releases import LOCALE
from localspeech.errors import conflict, invalid, not_found
from localspeech.links import owned, referenced
from localspeech.models import Job, Project, SpeechResource, StoredFile
from localspeech.models.entity import FINAL
from localspeech.schemas import Common, Patch, Reference

LOCALES = [LOCALE]


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


def patch(row: Any, body: Patch) -> None:
    """Change what the body names."""
    changes = body.dict(exclude_unset=True, exclude={"project"})
    for name, value in changes.items():
        setattr(row, name, value if value is not None else "")
    if "project" in body.model_fields_set and hasattr(row, "project_id"):
        row.project = project_of(row.resource, body.project)
    row.save()


def delete(
    kind: type[Any], resource: SpeechResource, identifier: UUID, users: Callable[[Any], bool]
) -> HttpResponse:
    """204 also for what is gone already; refused while it is worked on or used."""
    row = kind._default_manager.filter(pk=identifier, resource=resource).first()
    if row is not None:
        if isinstance(row, Job) and row.status not in FINAL:
            raise conflict("It can be deleted when its work has ended.", "DeleteNotAllowed")
        if users(row):
            raise conflict("Something else still uses it; delete that first.", "InUseViolation")
        row.delete()
        storage.forget(identifier)
    return HttpResponse(status=204)


def files(
    request: HttpRequest, kind: type[Any], collection: str, identifier: UUID
) -> dict[str, Any]:
    """The files of an object."""
    row = owned(kind, resource_of(request), identifier)
    found = StoredFile.objects.filter(owner=row.pk)
    return {"values": [representation.file(request, collection, one) for one in found]}


def file(
    request: HttpRequest, kind: type[Any], collection: str, identifier: UUID, file_id: UUID
) -> dict[str, Any]:
    """One file of an object."""
    row = owned(kind, resource_of(request), identifier)
    found = StoredFile.objects.filter(owner=row.pk, pk=file_id).first()
    if found is None:
        raise not_found("file")
    return representation.file(request, collection, found)
