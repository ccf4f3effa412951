"""Signing in and out, and passwords: those pages of django-allauth that people may open.

Its others are left out on purpose. Who could change their address would be taken for somebody
else when that person first signs in by the company, and a password beside the company's account
would go on opening it after the company has closed it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views
from allauth.socialaccount.providers.openid_connect import views as company
from django.conf import settings
from django.contrib.auth import logout as sign_out
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from training.services import preferences
from training.views.found import signed_in

View = Callable[..., HttpResponseBase]

# Django's form views take PUT for POST.
_form_page = require_http_methods(["GET", "HEAD", "POST"])


def _of_local_accounts(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not signed_in(request).has_usable_password():
            raise PermissionDenied(_("You sign in by your company, which keeps your password."))
        return view(request, *args, **kwargs)

    return guarded


def _where_mail_is_sent(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.MAIL_ENABLED:
            raise Http404(_("This server sends no mail; an administrator can help you."))
        return view(request, *args, **kwargs)

    return guarded


login = _form_page(views.login)
logout = _form_page(views.logout)
inactive = require_safe(views.account_inactive)
change_password = _form_page(_of_local_accounts(views.password_change))
forgotten = _form_page(_where_mail_is_sent(views.password_reset))
forgotten_sent = require_safe(_where_mail_is_sent(views.password_reset_done))
new_password = _form_page(_where_mail_is_sent(views.password_reset_from_key))
new_password_kept = require_safe(_where_mail_is_sent(views.password_reset_from_key_done))


@require_POST
def logout_everywhere(request: HttpRequest) -> HttpResponse:
    """Sign out in this and every other browser."""
    preferences.end_sessions(signed_in(request))
    sign_out(request)
    return redirect("account_login")


company_login = require_safe(company.login)
company_callback = require_safe(company.callback)
