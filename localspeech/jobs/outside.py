"""Requests to addresses that a client named."""

import requests
from django.conf import settings

from localspeech.engine.errors import EngineError
from studio import outside


def session(url: str, code: str = "DataImportFailed") -> requests.Session:
    """A session for this address alone; redirects are for the caller to refuse.

    Raises EngineError of that code for an address that cannot be used or is not allowed.
    """
    try:
        return outside.session(url, settings.LOCALSPEECH_ALLOW_PRIVATE_URLS)
    except outside.BadAddress as error:
        raise EngineError(code, str(error)) from None


def check(url: str, code: str) -> None:
    """Refuse what is no plain web address. Raises EngineError of that code."""
    try:
        outside.checked(url)
    except outside.BadAddress as error:
        raise EngineError(code, str(error)) from None
