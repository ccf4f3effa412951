"""Requests to addresses that a client named: only to public hosts, the one that was checked."""

import ipaddress
import socket
from typing import Any
from urllib.parse import SplitResult, urlsplit, urlunsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter

from localspeech.engine.errors import EngineError

# Addresses of IPv6 that only stand for one of IPv4, which may be private.
_TUNNELS = tuple(
    map(ipaddress.ip_network, ("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))
)


class _Pinned(HTTPAdapter):
    """Connects to one address of a host, whatever its name resolves to by then."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> Any:
        parts = urlsplit(str(request.url))
        if parts.scheme == "https":
            name = {"server_hostname": parts.hostname, "assert_hostname": parts.hostname}
            self.poolmanager.connection_pool_kw.update(name)
        place = f"[{self._address}]" if ":" in self._address else self._address
        port = f":{parts.port}" if parts.port else ""
        request.url = urlunsplit(parts._replace(netloc=f"{place}{port}"))
        request.headers["Host"] = parts.netloc
        return super().send(request, *args, **kwargs)


def session(url: str, code: str = "DataImportFailed") -> requests.Session:
    """A session that may ask for this address alone; redirects are for the caller to refuse.

    Raises EngineError of that code for an address that cannot be used or is not public.
    """
    parts = checked(url, code)
    found = requests.Session()
    found.trust_env = False
    if not settings.LOCALSPEECH_ALLOW_PRIVATE_URLS:
        address = _public_address(parts, code)
        for scheme in ("http://", "https://"):
            found.mount(scheme, _Pinned(address))
    return found


def checked(url: str, code: str) -> SplitResult:
    """The parts of an address that every reader takes apart alike. Raises EngineError."""
    try:
        parts = urlsplit(url)
        port_is_whole = parts.port is None or parts.port > 0
    except ValueError:
        raise EngineError(code, f"The address {url[:100]!r} is not a web address.") from None
    odd = "\\" in url or "@" in parts.netloc or any(ord(c) <= 32 or ord(c) == 127 for c in url)
    if odd or not port_is_whole or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise EngineError(code, f"The address {url[:100]!r} is not a plain web address.")
    return parts


def _public_address(parts: SplitResult, code: str) -> str:
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(parts.hostname, port, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError):
        message = f"The host {parts.hostname} of the address is not known."
        raise EngineError(code, message) from None
    addresses = [str(one[4][0]) for one in found]
    if not all(is_public(address) for address in addresses):
        message = f"The address {parts.hostname} lies in a private network, which is not allowed."
        raise EngineError(code, message)
    return addresses[0]


def is_public(text: str) -> bool:
    """Whether an address is one host of the internet, and stands for itself."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if address.is_multicast or not address.is_global:
        return False
    return not any(address in network for network in _TUNNELS)
