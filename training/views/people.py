"""Accounts, for administrators."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from training.forms.administration import AccountForm
from training.models import User
from training.permissions import administrator_required
from training.services import people as accounts


@require_GET
@administrator_required
def people(request: HttpRequest) -> HttpResponse:
    """Everyone with an account."""
    return render(request, "people/list.html", {"people": User.objects.order_by("username")})


@require_http_methods(["GET", "POST"])
@administrator_required
def add_person(request: HttpRequest) -> HttpResponse:
    """A new account."""
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        user = accounts.add(values["username"], values["email"], values["password"])
        messages.success(request, _("%(person)s can sign in now.") % {"person": user})
        return redirect("people")
    return render(request, "people/add.html", {"form": form})


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
