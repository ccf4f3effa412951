"""An invitation is accepted."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from training.forms.people import AcceptForm
from training.models import User
from training.services import invitations as kept


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a name and a password, and be signed in."""
    found = kept.find(token)
    if found is None:
        raise Http404(_("This invitation was accepted, revoked, or is older than a week."))
    form = AcceptForm(request.POST or None, instance=User(email=found.email))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            user = kept.accept(found, values["username"], values["password"])
        except kept.Closed:
            return redirect("account_login")
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")
        return redirect("home")
    return render(request, "people/accept.html", {"form": form, "invitation": found})
