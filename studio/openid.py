"""Sign-in by a company's OpenID provider, as the environment describes it."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from studio import env

PROVIDER_ID = "company"
_RIGHTS = ("viewer", "trainer", "administrator")
_USUAL = "Administrator=administrator,Trainer=trainer,Viewer=viewer"


@dataclass(frozen=True)
class Openid:
    """`roles` maps the provider's app roles to ours; several may lead to one."""

    server_url: str
    client_id: str
    secret: str
    name: str
    role_claim: str
    roles: dict[str, str]
    default_role: str
    trusts_email: bool


def from_environment() -> Openid | None:
    """None when no provider is named. Raises ImproperlyConfigured for what is incomplete."""
    url = env.text("OIDC_SERVER_URL").rstrip("/")
    if not url:
        return None
    if not url.startswith(("https://", "http://")):
        raise ImproperlyConfigured(
            f"OIDC_SERVER_URL must begin with https://, for example "
            f"https://login.microsoftonline.com/TENANT/v2.0, not {url!r}."
        )
    default = env.text("OIDC_DEFAULT_ROLE")
    if default and default not in _RIGHTS:
        raise ImproperlyConfigured(
            f"OIDC_DEFAULT_ROLE must be one of {', '.join(_RIGHTS)}, not {default!r}."
        )
    return Openid(
        url,
        _needed("OIDC_CLIENT_ID"),
        _needed("OIDC_CLIENT_SECRET"),
        env.text("OIDC_NAME", "your company account"),
        env.text("OIDC_ROLE_CLAIM", "roles"),
        _roles(),
        default,
        env.boolean("OIDC_TRUST_EMAIL"),
    )


def provider(found: Openid | None) -> dict[str, Any]:
    """The provider in django-allauth's words."""
    if found is None:
        return {"APPS": []}
    app = {
        "provider_id": PROVIDER_ID,
        "name": found.name,
        "client_id": found.client_id,
        "secret": found.secret,
        "settings": {"server_url": found.server_url, "oauth_pkce_enabled": True},
    }
    return {"APPS": [app], "OAUTH_PKCE_ENABLED": True}


def _needed(name: str) -> str:
    value = env.text(name)
    if not value:
        raise ImproperlyConfigured(f"{name} is needed, because OIDC_SERVER_URL is set.")
    return value


def _roles() -> dict[str, str]:
    found = {}
    for pair in env.words("OIDC_ROLES", _USUAL):
        theirs, sign, ours = pair.rpartition("=")
        if not sign or not theirs or ours not in _RIGHTS:
            raise ImproperlyConfigured(
                f"OIDC_ROLES must be pairs like Speech.Trainer=trainer with "
                f"{', '.join(_RIGHTS)} on the right, not {pair!r}."
            )
        found[theirs.strip()] = ours
    return found
