"""HTTP bound to one resource: its origin, its key, timeouts and safe retries."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from training.speechapi import errors

KEY_HEADER = "Ocp-Apim-Subscription-Key"
TIMEOUT = (5, 60)
_RETRY = Retry(
    total=2,
    backoff_factor=0.3,
    status_forcelist=(502, 504),
    allowed_methods=frozenset({"GET", "HEAD", "PUT", "DELETE"}),
    respect_retry_after_header=False,
    raise_on_status=False,
    redirect=False,
)


def origin(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port of an address, with the scheme's own port filled in."""
    parts = urlsplit(url)
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, (parts.hostname or "").lower(), port


class SpeechSession:
    """Sends requests with the key to its own origin, and nowhere else."""

    def __init__(
        self, base_url: str, key: str, before_each_call: Callable[[], None] | None = None
    ) -> None:
        self._before_each_call = before_each_call or (lambda: None)
        self._base = base_url.rstrip("/") + "/"
        self._key = key
        self._http = requests.Session()
        self._http.trust_env = False
        for scheme in ("http://", "https://"):
            self._http.mount(scheme, HTTPAdapter(max_retries=_RETRY))

    def __repr__(self) -> str:
        return f"SpeechSession({self._base!r})"

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def absolute(self, address: str) -> str:
        """A full address on this origin. Raises ForeignAddress for one elsewhere."""
        prepared = requests.Request("GET", urljoin(self._base, address)).prepare()
        url = str(prepared.url)
        is_odd = "\\" in address or "@" in urlsplit(url).netloc
        if is_odd or origin(url) != origin(self._base):
            host = urlsplit(url).hostname
            raise errors.ForeignAddress(
                f"The service pointed to another host ({host}); nothing was sent there."
            )
        return url

    def send(self, method: str, address: str, **options: Any) -> requests.Response:
        """Send with the key. Raises a SpeechApiError unless the answer is a 2xx."""
        headers = {KEY_HEADER: self._key, **options.pop("headers", {})}
        url = self.absolute(address)
        self._before_each_call()
        return _checked(self._exchange(method, url, headers=headers, **options))

    def json(self, method: str, address: str, **options: Any) -> tuple[Any, requests.Response]:
        """`send`, and the decoded body. Raises Garbled for a body that is not a JSON object."""
        response = self.send(method, address, **options)
        try:
            body = response.json()
        except ValueError as error:
            raise errors.Garbled(_GARBLED) from error
        if not isinstance(body, dict):
            raise errors.Garbled(_GARBLED)
        return body, response

    def download(self, url: str) -> requests.Response:
        """Open a signed content link as a stream, without the key, wherever it leads."""
        if urlsplit(url).scheme not in {"http", "https"}:
            raise errors.ForeignAddress("The service gave a file address that is not on the web.")
        return _checked(self._exchange("GET", url, stream=True))

    def _exchange(self, method: str, url: str, **options: Any) -> requests.Response:
        try:
            return self._http.request(
                method, url, timeout=TIMEOUT, allow_redirects=False, **options
            )
        except requests.Timeout as error:
            if isinstance(error, requests.ConnectTimeout):
                raise errors.Unreachable(_unreachable(url)) from None
            raise errors.TimedOut("The service did not answer in time.") from None
        except requests.RequestException as error:
            if _never_sent(error):
                raise errors.Unreachable(_unreachable(url)) from None
            raise errors.TimedOut("The connection to the service broke off.") from None


_GARBLED = (
    "The service's answer could not be understood. Check that the address belongs to a "
    "Speech resource."
)


def _unreachable(url: str) -> str:
    host = urlsplit(url).netloc
    return f"No connection to {host}. Check the address and the network."


def _never_sent(error: requests.RequestException) -> bool:
    text = repr(error)
    return any(sign in text for sign in ("NewConnectionError", "NameResolutionError", "SSLError"))


def _checked(response: requests.Response) -> requests.Response:
    status = response.status_code
    if 200 <= status < 300:
        return response
    wait = retry_after(response)
    if status == 429:
        raise errors.Throttled("The service asks us to slow down.", retry_after=wait or 10)
    if status >= 500:
        raise errors.ServiceFailed(
            f"The service has a fault of its own (status {status}).", retry_after=wait
        )
    if status < 400:
        raise errors.Garbled("The service redirected us elsewhere; check its address.")
    try:
        body = response.json()
    except ValueError:
        body = None
    raise errors.refused(status, body, response.headers.get("apim-request-id", ""))


def retry_after(response: requests.Response) -> float | None:
    """The Retry-After header in seconds, at most an hour; None when absent or a date."""
    value = response.headers.get("Retry-After", "")
    return min(float(value), 3600.0) if value.isdecimal() else None
