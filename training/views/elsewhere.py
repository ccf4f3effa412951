"""What a resource has and no project here, and connecting it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from training.forms.connecting import ConnectForm
from training.grids import FOUND
from training.models import FoundObject, Resource, User
from training.permissions import trainer_required
from training.services import connecting as kept
from training.views.addresses import numbers
from training.views.found import signed_in
from training.views.lists import list_page

_MOST = 50


@require_GET
@trainer_required
def elsewhere(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Objects of a resource that are in no project here."""
    resource = get_object_or_404(Resource, pk=pk)
    context = {"resource": resource}
    rows = resource.found_objects.select_related("resource").defer("raw")
    return list_page(request, "elsewhere/list.html", FOUND, rows, context)


@require_POST
@trainer_required
def look_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Look through the resource without waiting for its turn."""
    resource = get_object_or_404(Resource, pk=pk)
    kept.look_soon(resource.pk)
    messages.success(request, _("The resource is being looked through; the list renews itself."))
    return redirect("elsewhere", pk)


@require_http_methods(["GET", "POST"])
@trainer_required
def connect(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a project for what was selected; then connect it, and say what could not be."""
    resource = get_object_or_404(Resource, pk=pk)
    query = request.POST if request.method == "POST" else request.GET
    chosen = resource.found_objects.filter(pk__in=numbers(query.getlist("pk"))[:_MOST])
    rows = list(kept.in_order(chosen.select_related("resource")))
    if not rows:
        messages.info(request, _("What was selected is no longer here; it may be connected."))
        return redirect("elsewhere", pk)
    form = ConnectForm(request.POST or None, rows=rows, user=signed_in(request))
    if request.method == "POST" and form.is_valid() and isinstance(request.user, User):
        left = kept.connect(rows, form.cleaned_data.get("project"), request.user)
        _tell(request, len(rows) - len(left), left)
        return redirect("elsewhere", pk)
    locales = {row.locale for row in rows if row.kind != FoundObject.Kind.PROJECT}
    context = {"resource": resource, "rows": rows, "form": form, "has_locales": len(locales) > 1}
    return render(request, "elsewhere/connect.html", context)


def _tell(request: HttpRequest, done: int, left: list[kept.Left]) -> None:
    if done:
        text = ngettext("%(n)d object was connected.", "%(n)d objects were connected.", done)
        messages.success(request, text % {"n": done})
    for one in left:
        messages.error(request, f"{one.name}: {one.reason}")
