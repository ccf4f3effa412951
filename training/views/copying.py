"""Copy to: where models go, and what becomes of copies that failed."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from training.enums import Role, Status
from training.forms.copying import CopyForm
from training.models import CustomModel, ModelCopy, Project, User
from training.permissions import projects_of
from training.services import copying as kept
from training.views.addresses import numbers
from training.views.found import project_or_404, signed_in

_MOST = 50


@require_http_methods(["GET", "POST"])
def copy_models(request: HttpRequest, project_id: int) -> HttpResponse:
    """Choose projects of other resources for one or many models."""
    project = project_or_404(project_id)
    query = request.POST if request.method == "POST" else request.GET
    asked = numbers(query.getlist("pk")[:_MOST])
    rows = project.models.filter(pk__in=asked).select_related("project__resource")
    models = list(rows.filter(status=Status.SUCCEEDED))
    if not models:
        if asked:
            messages.error(request, _("Only models that were trained can be copied."))
        return redirect("models", project_id)
    form = CopyForm(
        request.POST or None, models=models, user=signed_in(request), chosen=request.GET
    )
    if request.POST.get("action") == "connect":
        return _connecting(project, models, form)
    if request.method == "POST" and form.is_valid() and isinstance(request.user, User):
        return _copy(request, form, models, request.user)
    context = {
        "project": project,
        "part": "models",
        "form": form,
        "models": models,
        "left_out": rows.exclude(status=Status.SUCCEEDED),
    }
    return render(request, "models/copy.html", context)


def _connecting(project: Project, models: list[CustomModel], form: CopyForm) -> HttpResponse:
    """Go and connect a resource, with the way back to what was chosen."""
    keys = urlencode([("pk", one.pk) for one in models])
    here = f"{reverse('copy_models', args=[project.pk])}?{keys}&{form.selection()}"
    return redirect(f"{reverse('new_resource')}?{urlencode({'next': here})}")


def _copy(
    request: HttpRequest, form: CopyForm, models: list[CustomModel], user: User
) -> HttpResponse:
    values = form.cleaned_data
    made = kept.request(
        models, values["targets"], user, values["submission_key"], values.get("display_name", "")
    )
    text = ngettext("%(n)d copy has begun.", "%(n)d copies have begun.", len(made))
    messages.success(request, text % {"n": len(made)})
    if len(models) == 1:
        return redirect(models[0])
    return redirect("models", models[0].project_id)


@require_POST
def decide_copy(request: HttpRequest, project_id: int, pk: int) -> HttpResponse:
    """Try a failed copy again, or take it off the page; a second click changes nothing."""
    mine = ModelCopy.objects.filter(project__in=projects_of(request.user, Role.TRAINER))
    row = get_object_or_404(mine, pk=pk, source__project_id=project_id)
    back = row.get_absolute_url()
    match request.POST.get("action"):
        case "again" if isinstance(request.user, User) and kept.try_again(row, request.user):
            messages.success(request, _("The copy is tried again."))
        case "forget" if kept.forget(row):
            messages.success(request, _("The failed copy is no longer shown."))
        case _:
            messages.info(request, _("Nothing was changed: the copy has moved on meanwhile."))
    return redirect(back)
