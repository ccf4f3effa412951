"""Requests to addresses that somebody named: only to allowed hosts, the one that was checked."""

import ipaddress
import socket
from typing import Any
from urllib.parse import SplitResult, urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter

# Addresses of IPv6 that only stand for one of IPv4, which may be private.
_TUNNELS = tuple(
    map(ipaddress.ip_network, ("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))
)


# What clouds answer their own machines' secrets at, beside the link-local addresses.
_METADATA = frozenset(
    map(ipaddress.ip_address, ("168.63.129.16", "100.100.100.200", "fd00:ec2::254"))
)


class BadAddress(Exception):
    """An address that is not asked; the text says why."""


class UnknownHost(BadAddress):
    """No such name, or no answer of the name service."""


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


def session(url: str, allow_private: bool) -> requests.Session:
    """A session that may ask for this address alone; redirects are for the caller to refuse.

    Private networks and this machine are asked only with `allow_private`; what clouds keep their
    machines' secrets at (link-local addresses) never. Raises BadAddress.
    """
    address = _allowed_address(checked(url), allow_private)
    found = requests.Session()
    found.trust_env = False
    for scheme in ("http://", "https://"):
        found.mount(scheme, _Pinned(address))
    return found


def check(url: str, allow_private: bool) -> None:
    """Raise BadAddress unless the address may be asked, as `session` decides it."""
    _allowed_address(checked(url), allow_private)


def checked(url: str) -> SplitResult:
    """The parts of an address that every reader takes apart alike. Raises BadAddress."""
    try:
        parts = urlsplit(url)
        port_is_whole = parts.port is None or parts.port > 0
    except ValueError:
        raise BadAddress(f"The address {url[:100]!r} is not a web address.") from None
    odd = "\\" in url or "@" in parts.netloc or any(ord(c) <= 32 or ord(c) == 127 for c in url)
    if odd or not port_is_whole or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise BadAddress(f"The address {url[:100]!r} is not a plain web address.")
    return parts


def _allowed_address(parts: SplitResult, allow_private: bool) -> str:
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(parts.hostname, port, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError):
        raise UnknownHost(f"The host {parts.hostname} of the address is not known.") from None
    addresses = [str(one[4][0]) for one in found]
    if not all(is_public(one) or (allow_private and is_private(one)) for one in addresses):
        raise BadAddress(
            f"The address {parts.hostname} lies in a private network, which is not allowed."
        )
    return addresses[0]


def is_public(text: str) -> bool:
    """Whether an address is one host of the internet, and stands for itself."""
    address = _plain(text)
    if address.is_multicast or not address.is_global or address in _METADATA:
        return False
    return not any(address in network for network in _TUNNELS)


def is_private(text: str) -> bool:
    """Whether an address is one host of a private network or of this machine."""
    address = _plain(text)
    odd = address.is_link_local or address.is_multicast or address.is_unspecified
    if odd or address in _METADATA:
        return False
    return address.is_private or address.is_loopback


def _plain(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The address; one of IPv4 that is written as IPv6 counts as what it is."""
    address = ipaddress.ip_address(text.partition("%")[0])
    return getattr(address, "ipv4_mapped", None) or address
