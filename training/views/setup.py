"""The first administrator, by the link that the first start prints."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from training.forms.people import AccountForm
from training.services import setup as first_start


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def setup(request: HttpRequest, token: str) -> HttpResponse:
    """Create the account and sign it in; a used link leads to the sign-in page."""
    if not first_start.is_open(token):
        raise Http404(_("This link has been used, or is not complete."))
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            user = first_start.create_first_administrator(
                token, values["username"], values["email"], values["password"]
            )
        except first_start.SetupClosed:
            return redirect("account_login")
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")
        return redirect("home")
    return render(request, "setup/setup.html", {"form": form})
