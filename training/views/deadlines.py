"""What expires when, over everything, and what people say of it; the calendar feed."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST, require_safe

from training.enums import Role
from training.forms.deadlines import DecisionForm
from training.grids import DEADLINES
from training.models import Deadline, User
from training.permissions import trainer_required
from training.services import calendar as feed
from training.services import deadlines as kept
from training.views.addresses import numbers
from training.views.found import signed_in
from training.views.lists import list_page

_MOST = 200


@require_GET
def deadlines(request: HttpRequest) -> HttpResponseBase:
    """All deadlines, soonest first."""
    rows, context = (
        kept.seen_by(kept.listed(), signed_in(request)),
        {"form": DecisionForm(), "long_expired": 0},
    )
    if not request.GET.get("horizon") and not request.GET.get("q"):
        border = timezone.now() - kept.LONG_AGO
        context["long_expired"] = rows.filter(at__lte=border).count()
        rows = rows.filter(at__gt=border)
    return list_page(request, "deadlines/list.html", DEADLINES, rows, context)


@require_POST
@trainer_required
def decide_deadlines(request: HttpRequest) -> HttpResponse:
    """Mark the selected deadlines as handled, snooze or reopen them."""
    form = DecisionForm(request.POST)
    user = signed_in(request)
    mine = kept.seen_by(Deadline.objects.all(), user, Role.TRAINER)
    chosen = mine.filter(pk__in=numbers(request.POST.getlist("pk"))[:_MOST])
    rows = list(
        chosen.select_related("custom_model__project", "base_model", "endpoint__project", "found")
    )
    if not form.is_valid():
        messages.error(request, _("Choose what to do with the selected deadlines."))
    elif not rows:
        messages.error(request, _("Select at least one deadline."))
    else:
        messages.success(request, _decided(form, rows, user))
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        return redirect(target)
    return redirect("deadlines")


def _decided(form: DecisionForm, rows: list[Deadline], user: User) -> str:
    match form.cleaned_data["action"]:
        case "handle":
            count = kept.handle(rows, user)
            text = ngettext("%(n)d deadline is handled.", "%(n)d deadlines are handled.", count)
        case "snooze":
            until = timezone.localdate() + timedelta(days=int(form.cleaned_data["days"] or 30))
            count = kept.snooze(rows, user, until)
            text = ngettext("%(n)d deadline is snoozed.", "%(n)d deadlines are snoozed.", count)
        case _:
            count = kept.reopen(rows, user)
            text = ngettext("%(n)d deadline is reopened.", "%(n)d deadlines are reopened.", count)
    return text % {"n": count}


@require_safe
@login_not_required
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """A person's calendar of deadlines, for calendar programs: the address is the secret."""
    person = feed.owner(token)
    if person is None:
        raise Http404
    response = HttpResponse(feed.content(person), content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, max-age=900"
    response["Content-Disposition"] = 'inline; filename="deadlines.ics"'
    return response
