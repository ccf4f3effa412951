"""Downloads pass through this server; the service's links never reach the browser."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from training.models import CustomModel, Dataset, Evaluation
from training.permissions import projects_of
from training.services import files
from training.speechapi.errors import SpeechApiError

_KINDS: dict[str, Any] = {"dataset": Dataset, "model": CustomModel, "test": Evaluation}


def service_files(row: Any, most: int | None = None) -> dict[str, Any]:
    """Context of a page that lists an object's (first) files; trouble is told in words."""
    if not row.succeeded and not row.has_failed:
        return {"files": [], "files_trouble": ""}
    try:
        return {"files": files.list_files(row, most), "files_trouble": ""}
    except SpeechApiError as error:
        return {"files": [], "files_trouble": error.message}


@require_GET
def download(
    request: HttpRequest, kind: str, pk: int, file_id: str
) -> HttpResponse | StreamingHttpResponse:
    """One file, streamed."""
    if kind not in _KINDS:
        raise Http404
    seen = projects_of(request.user)
    row = get_object_or_404(_KINDS[kind]._default_manager.filter(project__in=seen), pk=pk)
    try:
        name, content = files.open_file(row, file_id)
    except SpeechApiError as error:
        return HttpResponse(error.message, status=502, content_type="text/plain; charset=utf-8")
    return StreamingHttpResponse(
        content,
        content_type="application/octet-stream",
        headers={"Content-Disposition": content_disposition_header(True, name) or "attachment"},
    )
