"""Resources, for administrators."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from training.forms.administration import ResourceForm
from training.models import Resource, User
from training.permissions import administrator_required
from training.services import resources as kept
from training.services.examining import Report
from training.speechapi.errors import SpeechApiError


@require_GET
@administrator_required
def resources(request: HttpRequest) -> HttpResponse:
    """All resources and how their last poll went."""
    return render(request, "resources/list.html", {"resources": Resource.objects.all()})


@sensitive_post_parameters("key")
@require_http_methods(["GET", "POST"])
@administrator_required
def edit_resource(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add a resource, or change one; its connection is tried first."""
    resource = get_object_or_404(Resource, pk=pk, is_local=False) if pk else None
    form = ResourceForm(request.POST or None, instance=resource)
    if request.method == "POST" and form.is_valid() and isinstance(request.user, User):
        try:
            report = _save(form, pk, request.user)
        except SpeechApiError as error:
            form.add_error(None, error.message)
        else:
            text = _("The resource was saved. %(report)s") % {"report": report.sentence}
            messages.success(request, text)
            return redirect("resources")
    return render(request, "resources/edit.html", {"form": form, "resource": resource})


def _save(form: ResourceForm, pk: int | None, user: User) -> Report:
    values = {name: form.cleaned_data[name] for name in ("name", "address", "key", "api_version")}
    if pk is None:
        return kept.add(**values, user=user)
    return kept.replace(Resource.objects.get(pk=pk), **values, user=user)
