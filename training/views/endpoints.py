"""Deploy models: the list of endpoints."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from training.models import Project
from training.views.live import live_page


@require_GET
def endpoints(request: HttpRequest, project_id: int) -> HttpResponse:
    """Endpoints with their models and expiration."""
    project = get_object_or_404(Project.objects.select_related("resource"), pk=project_id)
    rows = list(project.endpoints.select_related("custom_model", "base_model", "created_by"))
    context = {"project": project, "part": "endpoints", "rows": rows}
    return live_page(request, "endpoints/list.html", context, [project, *rows])
