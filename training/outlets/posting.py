"""Posts to an address that an administrator has entered."""

from collections.abc import Mapping

import requests

from studio import outside

_TIMEOUT = (5, 15)
_PASSING = frozenset({408, 425, 429})
_NOT_ALLOWED = (
    "The address is not known, or lies in a private network, which is not allowed "
    "(ALLOW_PRIVATE_ADDRESSES)."
)


class NotPosted(Exception):
    """The address did not take it; `is_final` when it never will as it is."""

    def __init__(self, message: str, is_final: bool, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.message, self.is_final, self.retry_after = message, is_final, retry_after


def post(url: str, content: bytes, headers: Mapping[str, str], allow_private: bool) -> None:
    """Send it once. Raises NotPosted unless the answer is a 2xx; its text hides the address."""
    try:
        with (
            outside.session(url, allow_private) as session,
            session.post(
                url, data=content, headers=dict(headers), timeout=_TIMEOUT, allow_redirects=False,
                stream=True,
            ) as answer,
        ):  # fmt: skip
            _check(answer)
    except outside.BadAddress:
        raise NotPosted(_NOT_ALLOWED, is_final=False) from None
    except requests.RequestException as error:
        text = f"The address does not answer ({type(error).__name__})."
        raise NotPosted(text, is_final=False) from None


def _check(answer: requests.Response) -> None:
    status = answer.status_code
    if 200 <= status < 300:
        return
    wait = answer.headers.get("Retry-After", "")
    raise NotPosted(
        f"The address answered with status {status}.",
        is_final=status < 500 and status not in _PASSING,
        retry_after=min(float(wait), 3600.0) if wait.isdecimal() else None,
    )
