"""Accounts and invitations, for administrators."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from training.forms.people import AccountForm, InvitationForm, RightsForm
from training.models import User
from training.permissions import administrator_required
from training.services import invitations
from training.services import people as accounts
from training.views.found import signed_in

_SHOWN_ONCE = "invitation_link"


@require_GET
@administrator_required
def people(request: HttpRequest) -> HttpResponse:
    """Everyone with an account, and who is invited; a new link is shown this once."""
    context = {
        "people": User.objects.order_by("username"),
        "rights": User.Rights.choices,
        "invitations": invitations.unanswered(),
        "link": request.session.pop(_SHOWN_ONCE, ""),
    }
    return render(request, "people/list.html", context)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@administrator_required
def add_person(request: HttpRequest) -> HttpResponse:
    """A new account with a first password."""
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        user = accounts.add(values["username"], values["email"], values["password"])
        messages.success(request, _("%(person)s can sign in now.") % {"person": user})
        return redirect("people")
    return render(request, "people/add.html", {"form": form})


@require_http_methods(["GET", "POST"])
@administrator_required
def invite(request: HttpRequest) -> HttpResponse:
    """An invitation, by mail where this server sends mail, and as a link."""
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email, user = form.cleaned_data["email"], signed_in(request)
        link = request.build_absolute_uri(
            invitations.invite(email, form.cleaned_data["role"], user)
        )
        request.session[_SHOWN_ONCE] = link
        if invitations.mails():
            trouble = invitations.send(email, link, user)
            messages.add_message(
                request,
                messages.ERROR if trouble else messages.SUCCESS,
                trouble or _("The invitation is on its way to %(to)s.") % {"to": email},
            )
        return redirect("people")
    context = {"form": form, "mails": invitations.mails()}
    return render(request, "people/invite.html", context)


@require_POST
@administrator_required
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a link make no account any more."""
    if invitations.revoke(pk):
        messages.success(request, _("The invitation is revoked."))
    return redirect("people")


@require_POST
@administrator_required
def switch_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch an account on or off; nobody can switch off their own."""
    user = get_object_or_404(User, pk=pk)
    if user == request.user:
        messages.error(request, _("You cannot switch off your own account."))
    else:
        accounts.set_active(user, not user.is_active)
    return redirect("people")


@require_POST
@administrator_required
def set_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Another role for an account; nobody can take their own."""
    user, form = get_object_or_404(User, pk=pk), RightsForm(request.POST)
    if user == request.user:
        messages.error(request, _("You cannot change your own role."))
    elif form.is_valid():
        accounts.set_rights(user, form.cleaned_data["rights"])
        user.refresh_from_db()
        text = _("%(person)s: %(role)s.") % {"person": user, "role": user.rights.label}
        messages.success(request, text)
    return redirect("people")
