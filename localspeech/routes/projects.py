"""Projects and what they hold."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from localspeech import representation
from localspeech.api import answered, created
from localspeech.filters import DATASET_FIELDS, FIELDS, JOB_FIELDS
from localspeech.links import owned
from localspeech.lists import page
from localspeech.models import Project
from localspeech.routes.common import LOCALES, check_locale, delete, patch, resource_of
from localspeech.schemas import Patch, ProjectIn

router = Router()


@router.get("projects")
def list_projects(request: HttpRequest) -> dict[str, Any]:
    """Projects of the resource."""
    rows = Project.objects.filter(resource=resource_of(request))
    return page(request, rows, FIELDS, representation.project)


@router.post("projects")
def create_project(request: HttpRequest, body: ProjectIn) -> HttpResponse:
    """A new project."""
    check_locale(body.locale)
    row = Project.objects.create(
        resource=resource_of(request),
        display_name=body.display_name,
        description=body.description,
        locale=body.locale,
        custom_properties=body.custom_properties,
    )
    return created(representation.project(request, row))


@router.get("projects/locales")
def project_locales(request: HttpRequest) -> list[str]:
    """Locales that a project may have."""
    return LOCALES


@router.get("projects/{uuid:project_id}")
def get_project(request: HttpRequest, project_id: UUID) -> dict[str, Any]:
    """One project."""
    return representation.project(request, owned(Project, resource_of(request), project_id))


@router.patch("projects/{uuid:project_id}")
def patch_project(request: HttpRequest, project_id: UUID, body: Patch) -> dict[str, Any]:
    """Change a project."""
    row = owned(Project, resource_of(request), project_id)
    patch(row, body)
    return representation.project(request, row)


@router.delete("projects/{uuid:project_id}")
def delete_project(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Delete a project; what it held stays."""
    return delete(Project, resource_of(request), project_id, lambda row: False)


@router.get("projects/{uuid:project_id}/datasets")
def project_datasets(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Datasets of a project."""
    row = owned(Project, resource_of(request), project_id)
    return answered(page(request, row.datasets.all(), DATASET_FIELDS, representation.dataset))


@router.get("projects/{uuid:project_id}/models")
def project_models(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Custom models of a project."""
    row = owned(Project, resource_of(request), project_id)
    return answered(page(request, row.models.all(), JOB_FIELDS, representation.custom_model))


@router.get("projects/{uuid:project_id}/evaluations")
def project_evaluations(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Evaluations of a project."""
    row = owned(Project, resource_of(request), project_id)
    return answered(page(request, row.evaluations.all(), JOB_FIELDS, representation.evaluation))


@router.get("projects/{uuid:project_id}/endpoints")
def project_endpoints(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Endpoints of a project."""
    row = owned(Project, resource_of(request), project_id)
    return answered(page(request, row.endpoints.all(), JOB_FIELDS, representation.endpoint))


@router.get("projects/{uuid:project_id}/transcriptions")
def project_transcriptions(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Batch transcriptions of a project."""
    row = owned(Project, resource_of(request), project_id)
    return answered(
        page(request, row.transcriptions.all(), JOB_FIELDS, representation.transcription)
    )
