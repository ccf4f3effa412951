"""Who is told of what: a person's mail and calendar, the team's channels."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from training.forms.notifications import ChannelForm, MailForm
from training.models import Channel, Dispatch, User
from training.permissions import administrator_required
from training.services import calendar, channels, dispatching, preferences

_SHOWN_ONCE = "calendar_address"


@require_http_methods(["GET", "POST"])
def notifications(request: HttpRequest) -> HttpResponse:
    """One's own mail and calendar, and the team's channels."""
    user = _user(request)
    wishes = preferences.mail(user)
    initial = {"deadlines": wishes.deadlines, "results": wishes.results}
    form = MailForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        preferences.keep_mail(user, preferences.Mail(**form.cleaned_data))
        messages.success(request, _("Saved."))
        return redirect("notifications")
    path = request.session.pop(_SHOWN_ONCE, "")
    context = {
        "form": form,
        "channels": channels.seen_by(user),
        "mail_enabled": settings.MAIL_ENABLED,
        "has_calendar": bool(User.objects.get(pk=user.pk).calendar_digest),
        "unsent": Dispatch.objects.filter(person=user, failed_at__isnull=False).count(),
        "calendar_url": request.build_absolute_uri(path) if path else "",
    }
    return render(request, "notifications/overview.html", context)


@require_POST
def try_mail(request: HttpRequest) -> HttpResponse:
    """Send a test to one's own address."""
    user = _user(request)
    success = _("A test is on its way to %(to)s.") % {"to": user.email}
    _say(request, channels.try_mail(user), success)
    return redirect("notifications")


@require_POST
def send_again(request: HttpRequest) -> HttpResponse:
    """Try what could not be sent to one's own address once more."""
    dispatching.send_again(_user(request))
    messages.success(request, _("It is tried again within a minute."))
    return redirect("notifications")


@require_POST
def calendar_address(request: HttpRequest) -> HttpResponse:
    """Make a new secret address, shown this once, or revoke it."""
    user = _user(request)
    if request.POST.get("action") == "revoke":
        calendar.revoke(user)
        messages.success(request, _("The address is no longer answered."))
        return redirect("notifications")
    request.session[_SHOWN_ONCE] = reverse("calendar", args=[calendar.new_address(user)])
    return redirect("notifications")


@require_http_methods(["GET", "POST"])
@administrator_required
def edit_channel(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new channel, or one of those there are."""
    row = get_object_or_404(Channel, pk=pk) if pk else None
    form = ChannelForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        secret = None if values.get("no_secret") else values["secret"]
        channels.keep(form.instance, values["address"], secret, _user(request))
        messages.success(request, _("%(name)s is saved.") % {"name": form.instance})
        return redirect("edit_channel", form.instance.pk)
    context = {"form": form, "row": row, "recent": channels.recent(row) if row else []}
    return render(request, "notifications/channel.html", context)


@require_POST
@administrator_required
def try_channel(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a test to a channel."""
    row = get_object_or_404(Channel, pk=pk)
    _say(request, channels.try_channel(row), _("%(name)s took the test.") % {"name": row})
    return redirect("edit_channel", pk)


@require_POST
@administrator_required
def delete_channel(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a channel."""
    channels.remove(pk)
    messages.success(request, _("The channel was deleted."))
    return redirect("notifications")


def _say(request: HttpRequest, trouble: str, success: str) -> None:
    if trouble:
        messages.error(request, trouble)
    else:
        messages.success(request, success)


def _user(request: HttpRequest) -> User:
    user: Any = request.user
    found: User = user
    return found
