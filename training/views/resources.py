"""Resources, for administrators."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from training.forms.administration import KeyForm, LocalResourceForm, ResourceForm
from training.models import Resource, User
from training.permissions import administrator_required
from training.services import connection
from training.services import resources as kept
from training.services.examining import Report
from training.speechapi.errors import SpeechApiError

_FIELDS = ("name", "address", "key", "api_version", "service_id")


@require_GET
@administrator_required
def resources(request: HttpRequest) -> HttpResponse:
    """All resources and how their last poll went."""
    rows = Resource.objects.annotate(elsewhere_count=Count("found_objects"))
    quotas = [(one, connection.quota_used(one)) for one in rows]
    return render(request, "resources/list.html", {"resources": quotas})


@sensitive_post_parameters("key")
@require_http_methods(["GET", "POST"])
@administrator_required
def replace_key(request: HttpRequest, pk: int) -> HttpResponse:
    """Another key for a resource; it is tried first, and never shown."""
    resource = get_object_or_404(Resource, pk=pk, is_local=False)
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            report = kept.replace_key(resource, form.cleaned_data["key"])
        except SpeechApiError as error:
            form.add_error("key", error.message)
        else:
            text = _("The key was replaced. %(report)s") % {"report": report.sentence}
            messages.success(request, text)
            return redirect("resources")
    context = {"form": form, "resource": resource, "back": reverse("resources"), "is_key": True}
    return render(request, "resources/edit.html", context)


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
            return redirect(_back(request))
    context = {"form": form, "resource": resource, "back": _back(request)}
    return render(request, "resources/edit.html", context)


@require_http_methods(["GET", "POST"])
@administrator_required
def new_local_resource(request: HttpRequest) -> HttpResponse:
    """Another resource of the speech service on this server, with objects of its own."""
    form = LocalResourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            report = kept.add_local(form.cleaned_data["name"], form.cleaned_data["submission_key"])
        except SpeechApiError as error:
            form.add_error(None, error.message)
        else:
            text = _("The resource was added. %(report)s") % {"report": report.sentence}
            messages.success(request, text)
            return redirect(_back(request))
    context = {"form": form, "back": _back(request), "is_local": True}
    return render(request, "resources/edit.html", context)


def _back(request: HttpRequest) -> str:
    """Where the person came from, when it is on this site; else the list."""
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if is_ours else reverse("resources")


def _save(form: ResourceForm, pk: int | None, user: User) -> Report:
    values = {name: form.cleaned_data[name] for name in _FIELDS}
    if pk is None:
        return kept.add(**values, user=user)
    return kept.replace(Resource.objects.get(pk=pk), **values, user=user)
