"""Deleting what was selected, and stopping what is underway, each after one question."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from training.models import Project, User
from training.services import cancelling, removal
from training.views.addresses import numbers
from training.views.found import project_or_404, signed_in

_MOST = 50


@require_http_methods(["GET", "POST"])
def delete_rows(request: HttpRequest, project_id: int, kind: str) -> HttpResponse:
    """Ask once, naming everything; then delete, and say what could not be."""
    project = project_or_404(project_id)
    if kind not in removal.KINDS:
        raise Http404
    rows = _selected(project, kind, request.POST if request.method == "POST" else request.GET)
    if not rows:
        return redirect(kind, project_id)
    if request.method == "POST" and isinstance(request.user, User):
        left = removal.delete(rows, request.user)
        _tell(request, len(rows) - len(left), left)
        return redirect(kind, project_id)
    candidates = removal.examine(rows, signed_in(request))
    context = {
        "project": project,
        "part": kind,
        "kind": kind,
        "free": [one.row for one in candidates if not one.obstacle],
        "kept": [one for one in candidates if one.obstacle],
    }
    return render(request, "removal/confirm.html", context)


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, project_id: int, kind: str, pk: int) -> HttpResponse:
    """Ask once; then stop a training or a test, or say why it goes on."""
    project = project_or_404(project_id)
    kept: Any = cancelling.KINDS[kind]._default_manager
    row = get_object_or_404(kept.filter(project=project), pk=pk)
    user = signed_in(request)
    if request.method == "POST":
        reason = cancelling.cancel(row, user)
        if reason:
            messages.error(request, reason)
        return redirect(row)
    obstacle = cancelling.obstacle(row, user)
    context = {"project": project, "part": kind, "kind": kind, "row": row, "obstacle": obstacle}
    return render(request, "removal/cancel.html", context)


def _selected(project: Project, kind: str, query: QueryDict) -> list[Any]:
    keys = numbers(query.getlist("pk")[:_MOST])
    kept: Any = removal.KINDS[kind]._default_manager
    rows = kept.filter(project=project, pk__in=keys)
    return list(rows.select_related("project__resource", "created_by"))


def _tell(request: HttpRequest, done: int, left: list[removal.Candidate]) -> None:
    if done:
        text = ngettext("%(n)d object was deleted.", "%(n)d objects were deleted.", done)
        messages.success(request, text % {"n": done})
    for one in left:
        messages.error(request, f"{one.row}: {one.obstacle}")
