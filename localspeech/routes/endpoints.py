"""Endpoints: listed here, deployed by a later release."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from localspeech import representation
from localspeech.api import answered
from localspeech.filters import JOB_FIELDS
from localspeech.links import owned
from localspeech.lists import page
from localspeech.models import Endpoint
from localspeech.routes.common import LOCALES, resource_of

router = Router()


@router.get("endpoints")
def list_endpoints(request: HttpRequest) -> HttpResponse:
    """Endpoints of the resource."""
    rows = Endpoint.objects.filter(resource=resource_of(request))
    return answered(page(request, rows, JOB_FIELDS, representation.endpoint))


@router.get("endpoints/locales")
def endpoint_locales(request: HttpRequest) -> list[str]:
    """Locales that an endpoint may have."""
    return LOCALES


@router.get("endpoints/{uuid:endpoint_id}")
def get_endpoint(request: HttpRequest, endpoint_id: UUID) -> HttpResponse:
    """One endpoint."""
    row = owned(Endpoint, resource_of(request), endpoint_id)
    return answered(representation.endpoint(request, row))
