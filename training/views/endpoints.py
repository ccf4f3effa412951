"""Deploy models: the list of endpoints, a new one, its page, another model, a try."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from training.display.samples import samples
from training.forms.endpoints import ChangeModelForm, ClipForm, EndpointForm
from training.forms.tests import model_value
from training.grids import ENDPOINTS
from training.models import CustomModel, Endpoint, Project, User
from training.services import endpoints as kept
from training.speechapi.errors import SpeechApiError
from training.views.addresses import number
from training.views.found import project_or_404
from training.views.lists import list_page
from training.views.live import live_page

_MODELS = ("custom_model", "base_model", "created_by", "project__resource")


@require_GET
def endpoints(request: HttpRequest, project_id: int) -> HttpResponseBase:
    """Endpoints with their models and expiration."""
    project = project_or_404(project_id)
    rows = project.endpoints.select_related("custom_model", "base_model", "created_by")
    context = {"project": project, "part": "endpoints"}
    return list_page(request, "endpoints/list.html", ENDPOINTS, rows, context)


@require_http_methods(["GET", "POST"])
def new_endpoint(request: HttpRequest, project_id: int) -> HttpResponse:
    """Deploy model; a model that was selected in its list is proposed."""
    project = project_or_404(project_id)
    form = EndpointForm(request.POST or None, project=project, initial=_proposed(request, project))
    if request.method == "POST" and form.is_valid() and isinstance(request.user, User):
        row = kept.create(project=project, user=request.user, **form.cleaned_data)
        messages.success(request, _("%(name)s is being deployed.") % {"name": row})
        return redirect(row)
    context = {"project": project, "part": "endpoints", "form": form}
    return render(request, "endpoints/new.html", context)


def _proposed(request: HttpRequest, project: Project) -> dict[str, Any]:
    usable = project.models.filter(status="Succeeded")
    wanted = number(request.GET.get("model"))
    model = (usable.filter(pk=wanted) if wanted else usable).first()
    if not isinstance(model, CustomModel):
        return {}
    return {"model": model_value(model), "display_name": model.display_name}


@require_GET
def endpoint(request: HttpRequest, project_id: int, pk: int) -> HttpResponse:
    """One endpoint: its model and deadline, its address, sample code, a try."""
    row = _endpoint(project_id, pk)
    return live_page(request, "endpoints/detail.html", lambda: _shown(row), [row])


@require_http_methods(["GET", "POST"])
def change_model(request: HttpRequest, project_id: int, pk: int) -> HttpResponse:
    """Let the endpoint answer with another model."""
    row = _endpoint(project_id, pk)
    if not row.remote_self:
        messages.error(request, _("It is still on its way to the service; try again in a moment."))
        return redirect(row)
    form = ChangeModelForm(
        request.POST or None, project=row.project, initial={"model": model_value(row.model)}
    )
    if request.method == "POST" and form.is_valid() and isinstance(request.user, User):
        model = form.cleaned_data["model"]
        try:
            kept.change_model(row, model, request.user)
        except SpeechApiError as error:
            form.add_error(None, error.message)
        else:
            text = _("%(name)s answers with %(model)s now.") % {"name": row, "model": model}
            messages.success(request, text)
            return redirect(row)
    context = {"project": row.project, "part": "endpoints", "form": form, "row": row}
    return render(request, "endpoints/change_model.html", context)


@require_POST
def try_endpoint(request: HttpRequest, project_id: int, pk: int) -> HttpResponse:
    """What the endpoint hears in a recording; htmx gets the answer alone."""
    row = _endpoint(project_id, pk)
    form = ClipForm(request.POST, request.FILES)
    found: dict[str, Any] = {"form": form}
    if form.is_valid():
        try:
            found["heard"] = kept.recognise(row, form.cleaned_data["audio"])
        except SpeechApiError as error:
            form.add_error("audio", error.message)
    if request.headers.get("HX-Request") == "true":
        context = {**_shown(row), **found}
        return render(request, "endpoints/detail.html#heard", context)
    context = {**_shown(row), **found, "live_token": "", "announcement": ""}
    return render(request, "endpoints/detail.html", context)


def _shown(row: Endpoint) -> dict[str, Any]:
    return {
        "project": row.project,
        "part": "endpoints",
        "row": row,
        "form": ClipForm(),
        "can_be_tried": row.succeeded and kept.can_be_tried(row),
        "samples": samples(row),
        "address": row.link("restInteractive"),
    }


def _endpoint(project_id: int, pk: int) -> Endpoint:
    rows = Endpoint.objects.filter(project_id=project_id).select_related(*_MODELS)
    return get_object_or_404(rows, pk=pk)
