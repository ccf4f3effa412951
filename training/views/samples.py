"""Rows of a dataset as they lie in our copy of its file, their audio, and the copy itself."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from training.models import Dataset
from training.services import samples
from training.views.addresses import number
from training.views.media import audio_answer


def sample_of(request: HttpRequest, row: Dataset) -> dict[str, Any]:
    """Context of the rows; `sample` in the address is the place of the first one."""
    start = number(request.GET.get("sample"))
    found = samples.sample(row, start)
    return {
        "sample": found,
        "earlier": max(start - samples.ROWS, 0) if start else None,
        "later": start + samples.ROWS if found and found.has_more else None,
    }


@require_GET
def sample_clip(request: HttpRequest, project_id: int, pk: int) -> HttpResponseBase:
    """The audio of one clip, named by `file` in the address."""
    row = get_object_or_404(Dataset, project_id=project_id, pk=pk)
    clip = samples.clip(row, request.GET.get("file", ""))
    if clip is None:
        raise Http404
    return audio_answer(request, clip)


@require_GET
def own_file(request: HttpRequest, project_id: int, pk: int) -> FileResponse:
    """Our copy of the file, as it was uploaded."""
    row = get_object_or_404(Dataset, project_id=project_id, pk=pk)
    try:
        file = row.file.open("rb")
    except (ValueError, OSError):
        raise Http404 from None
    return FileResponse(file, as_attachment=True, filename=row.file_name or "data")
