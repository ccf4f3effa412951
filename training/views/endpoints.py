"""Deploy models: the list of endpoints."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from training.grids import ENDPOINTS
from training.models import Project
from training.views.lists import list_page


@require_GET
def endpoints(request: HttpRequest, project_id: int) -> HttpResponse:
    """Endpoints with their models and expiration."""
    project = get_object_or_404(Project.objects.select_related("resource"), pk=project_id)
    rows = project.endpoints.select_related("custom_model", "base_model", "created_by")
    context = {"project": project, "part": "endpoints"}
    return list_page(request, "endpoints/list.html", ENDPOINTS, rows, context)
