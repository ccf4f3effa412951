"""Settings that are well-formed, and together do not do what was meant."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Tags, register

from studio.site import LOOPBACK


@register(Tags.security)
def front(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Who can reach the product, and how."""
    return [*_https_without_proxy(), *_nobody_else()]


@register(Tags.security, deploy=True)
def deployed(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """What a team's server needs beyond a person's own."""
    if settings.SITE.host in {*LOOPBACK, settings.HOST}:
        return [
            checks.Warning(
                "PUBLIC_URL is not set: the links in mail, messages and the calendar lead nowhere.",
                hint="Set it to the address that people open, such as https://studio.example.",
                id="studio.W003",
            )
        ]
    return []


def _https_without_proxy() -> list[CheckMessage]:
    if not settings.HTTPS or settings.TRUSTED_PROXIES:
        return []
    return [
        checks.Warning(
            "People come by HTTPS, but TRUSTED_PROXIES is empty: nobody may tell that a request "
            "came by TLS, and every page redirects to itself.",
            hint="Set TRUSTED_PROXIES to the addresses of the reverse proxy.",
            id="studio.W001",
        )
    ]


def _nobody_else() -> list[CheckMessage]:
    if settings.HOST in LOOPBACK or set(settings.ALLOWED_HOSTS) - {*LOOPBACK, settings.HOST, ""}:
        return []
    return [
        checks.Warning(
            f"HOST is {settings.HOST}, but only requests for localhost are answered.",
            hint="Set PUBLIC_URL, or ALLOWED_HOSTS to the names that people type.",
            id="studio.W002",
        )
    ]
