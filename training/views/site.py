"""Pages beside the projects: activity, search, help, style guide, preferences."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from training.display.parts import icon_names
from training.forms.guide import GuideForm
from training.grids import GRIDS
from training.models import User
from training.permissions import projects_of
from training.services import events, preferences
from training.services.searching import search as find
from training.views.addresses import number
from training.views.found import signed_in

_PAGE = 50
_MOST_PROJECTS = 30


@require_GET
def activity(request: HttpRequest) -> HttpResponse:
    """What happened, newest first; opening it marks the notices as seen."""
    since = getattr(request.user, "noticed_at", timezone.now())
    page = Paginator(events.seen_by(signed_in(request)), _PAGE).get_page(request.GET.get("page"))
    if isinstance(request.user, User):
        events.noticed(request.user)
    return render(request, "site/activity.html", {"page": page, "since": since})


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Everything whose name, description or ID holds the words."""
    text = request.GET.get("q", "").strip()[:200]
    return render(
        request, "site/search.html", {"text": text, "found": find(text, signed_in(request))}
    )


@require_GET
def switcher(request: HttpRequest) -> HttpResponse:
    """The projects by resource, for the header's menu."""
    seen = projects_of(request.user).filter(archived_at=None).select_related("resource")
    rows = seen.order_by("resource__name", "display_name")
    context = {
        "projects": rows[:_MOST_PROJECTS],
        "current": number(request.GET.get("project")),
    }
    return render(request, "components/switcher.html", context)


@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """How the product is used, on one page."""
    return render(request, "site/help.html")


@require_GET
def style_guide(request: HttpRequest) -> HttpResponse:
    """Every component in its states."""
    form = GuideForm({"name": "", "kind": "Language"})
    form.is_valid()
    now = timezone.now()
    moments = [now + timedelta(days=days) for days in (-40, 20, 60, 400)]
    context = {"form": form, "moments": moments, "icons": icon_names()}
    return render(request, "site/style_guide.html", context)


@require_POST
def keep_grid(request: HttpRequest, name: str) -> HttpResponse:
    """Remember columns and density of a list, and go back to it."""
    grid = GRIDS.get(name)
    if grid is None or not isinstance(request.user, User):
        raise Http404
    known = {column.key for column in grid.columns}
    columns = [key for key in request.POST.getlist("column") if key in known]
    preferences.keep_grid(request.user, name, columns, request.POST.get("density") == "compact")
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        return redirect(target)
    return redirect("home")
