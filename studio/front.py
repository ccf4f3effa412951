"""What stands between the web server and Django: proxies that may speak for others, sub-paths."""

import ipaddress
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from studio.env import Network

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]

# Read only where a proxy of ours wrote it; what follows Django never sees otherwise.
_SAID = tuple(
    f"HTTP_{name}"
    for name in (
        "FORWARDED X_FORWARDED_FOR X_FORWARDED_PROTO X_FORWARDED_HOST X_FORWARDED_PORT "
        "X_FORWARDED_PREFIX X_FORWARDED_SSL X_FORWARDED_PROTOCOL X_REAL_IP X_REQUEST_ID"
    ).split()
)
_HOST_AND_PORT = re.compile(r"\[?([0-9a-fA-F.:]+?)\]?(?::\d+)?")
_REQUEST_ID = re.compile(r"[\w.-]{8,64}")
DIRECT = "studio.direct"


class Front:
    """Believes forwarding headers of trusted proxies alone, and takes the sub-path away.

    Paths may come with the sub-path (the proxy passes them on as they are) or without it (the
    proxy takes it away, or a worker asks directly). `is_ours` says whether a path is an address
    of the product; it decides where a sub-path begins like one of our own.
    """

    def __init__(
        self,
        application: Application,
        trusted: Sequence[Network],
        sub_path: str,
        is_ours: Callable[[str], bool],
    ) -> None:
        self.application, self.trusted = application, trusted
        self.sub_path, self.is_ours = sub_path, is_ours

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        said = {name: environ.pop(name) for name in _SAID if name in environ}
        by_proxy = self._trusts(environ.get("REMOTE_ADDR", ""))
        environ[DIRECT] = not said and not by_proxy
        if by_proxy:
            self._believe(environ, said)
        if self.sub_path:
            environ["PATH_INFO"] = self._within(environ.get("PATH_INFO", ""))
        return self.application(environ, start_response)

    def _trusts(self, text: str) -> bool:
        address = _address(text)
        return address is not None and any(address in network for network in self.trusted)

    def _believe(self, environ: Environ, said: dict[str, str]) -> None:
        environ["REMOTE_ADDR"] = self._client(
            environ["REMOTE_ADDR"], said.get("HTTP_X_FORWARDED_FOR", "")
        )
        scheme = _last(said.get("HTTP_X_FORWARDED_PROTO", "")).lower()
        if scheme in {"http", "https"}:
            environ["wsgi.url_scheme"] = scheme
        host = _last(said.get("HTTP_X_FORWARDED_HOST", ""))
        if host:
            environ["HTTP_HOST"] = host
        request_id = said.get("HTTP_X_REQUEST_ID", "")
        if _REQUEST_ID.fullmatch(request_id):
            environ["HTTP_X_REQUEST_ID"] = request_id

    def _client(self, peer: str, chain: str) -> str:
        """From our own proxies backwards, the first address that is none of them."""
        client = peer
        for entry in reversed(chain.split(",")):
            address = _address(entry)
            if address is None:
                break
            client = str(address)
            if not self._trusts(client):
                break
        return client

    def _within(self, path: str) -> str:
        if path != self.sub_path and not path.startswith(f"{self.sub_path}/"):
            return path
        rest = path[len(self.sub_path) :] or "/"
        return path if self.is_ours(path) and not self.is_ours(rest) else rest


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    found = _HOST_AND_PORT.fullmatch(text.strip())
    for candidate in (text.strip(), found.group(1) if found else ""):
        try:
            address = ipaddress.ip_address(candidate)
        except ValueError:
            continue
        return getattr(address, "ipv4_mapped", None) or address
    return None


def _last(listed: str) -> str:
    return listed.rpartition(",")[2].strip()
