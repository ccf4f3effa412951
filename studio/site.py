"""Where people find the product: one address, and all that follows from it."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_SUB_PATH = re.compile(r"(/[A-Za-z0-9._~-]+)*")


@dataclass(frozen=True)
class Site:
    """The public address without its last slash, such as https://intranet.example/studio."""

    url: str

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def host(self) -> str:
        """The host as a Host header names it, without the port."""
        host = urlsplit(self.url).hostname or ""
        return f"[{host}]" if ":" in host else host

    @property
    def sub_path(self) -> str:
        """What stands before every path, such as "/studio"; mostly empty."""
        return urlsplit(self.url).path

    @property
    def is_https(self) -> bool:
        """Whether people come by TLS."""
        return self.url.startswith("https://")

    @property
    def cookie_prefix(self) -> str:
        """What a cookie's name begins with, so that browsers take it from this site alone.

        Without TLS they refuse such names; the stricter one wants the whole host.
        """
        if not self.is_https:
            return ""
        return "__Secure-" if self.sub_path else "__Host-"


def site(given: str, host: str, port: int, https: bool | None) -> Site:
    """The site at the given address, else at host and port.

    Raises ImproperlyConfigured where `https` says another thing than the address.
    """
    found = Site(given or f"{'https' if https else 'http'}://{reachable(host)}:{port}")
    if https is not None and given and https != found.is_https:
        raise ImproperlyConfigured(
            f"HTTPS is {'yes' if https else 'no'}, but PUBLIC_URL is {given}. Leave HTTPS away: "
            "it follows from PUBLIC_URL."
        )
    if not _SUB_PATH.fullmatch(found.sub_path):
        raise ImproperlyConfigured(
            f"PUBLIC_URL: the path {found.sub_path!r} may hold letters, digits, '.', '_', '~' and "
            "'-' between single slashes."
        )
    return found


def reachable(host: str) -> str:
    """A host to connect to, for one that a server listens at."""
    return "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104


def allowed_hosts(given: list[str], site: Site, is_public: bool, listens_here: bool) -> list[str]:
    """Names in the Host header that are answered: the given ones, the site's own and loopback.

    A server that only this machine reaches and that has no public address answers any name.
    """
    if not given and not is_public and listens_here:
        return ["*"]
    return list(dict.fromkeys([*given, *([site.host] if is_public else []), *LOOPBACK]))
