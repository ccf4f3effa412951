"""Sign-in by the company's OpenID provider: whose roles count, and who is let in."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from studio.openid import Openid
from training.models import User
from training.services import people

_MOST_FIRST = (User.Rights.ADMINISTRATOR, User.Rights.TRAINER, User.Rights.VIEWER)


class Adapter(DefaultSocialAccountAdapter):
    """The provider's roles are taken over at each sign-in; without one nobody gets in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return True

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Refuse who has no role, and who would take over an account of the same address."""
        rights = _rights(_claims(sociallogin))
        if rights is None:
            raise ImmediateHttpResponse(
                _refusal(request, _("Your company account has no role in Custom Speech Studio."))
            )
        if not sociallogin.is_existing:
            self._meet(request, sociallogin)
        if sociallogin.is_existing:
            people.set_rights(sociallogin.user, rights)

    def _meet(self, request: HttpRequest, sociallogin: Any) -> None:
        email = str(_claims(sociallogin).get("email") or "")
        known = User.objects.filter(email__iexact=email).first() if email else None
        if known is None:
            return
        if not _is_trusted(sociallogin):
            text = _(
                "There is an account with your address already, and your provider does not say "
                "that the address is yours. Ask an administrator."
            )
            raise ImmediateHttpResponse(_refusal(request, text))
        sociallogin.connect(request, known)

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> User:
        """A new account with the provider's role."""
        user: User = super().save_user(request, sociallogin, form)
        rights = _rights(_claims(sociallogin))
        people.set_rights(user, rights or User.Rights.VIEWER)
        user.refresh_from_db()
        return user

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        extra_context: Any = None,
    ) -> None:
        """Say so, with a way back."""
        text = _("The company sign-in did not work. Try again, or ask an administrator.")
        raise ImmediateHttpResponse(_refusal(request, text))


@require_GET
@login_not_required
def cancelled(request: HttpRequest) -> HttpResponse:
    """The person turned back at the provider."""
    return _refusal(request, _("The company sign-in was cancelled."))


def _claims(sociallogin: Any) -> dict[str, Any]:
    data = sociallogin.account.extra_data
    return {**data.get("id_token", {}), **data.get("userinfo", {})}


def _rights(claims: dict[str, Any]) -> User.Rights | None:
    """The highest of ours that the provider's roles lead to."""
    given = claims.get(_settings().role_claim) or []
    theirs = [given] if isinstance(given, str) else given
    ours = {_settings().roles.get(one) for one in theirs if isinstance(one, str)}
    found = next((one for one in _MOST_FIRST if one in ours), None)
    default = _settings().default_role
    return found or (User.Rights(default) if default else None)


def _is_trusted(sociallogin: Any) -> bool:
    return _settings().trusts_email or _claims(sociallogin).get("email_verified") is True


def _settings() -> Openid:
    if settings.OIDC is None:
        raise ImproperlyConfigured("OIDC_SERVER_URL names no provider.")
    return settings.OIDC


def _refusal(request: HttpRequest, text: str) -> HttpResponse:
    return render(request, "account/refused.html", {"text": text}, status=403)
