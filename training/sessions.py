"""How long people stay signed in, and signing out everywhere."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse

from training.services import preferences

_BEGAN = "signed_in_at"
Answer = Callable[[HttpRequest], HttpResponse]


def connect() -> None:
    """Begin to note when people sign in."""
    user_logged_in.connect(_begin, dispatch_uid="sessions")


def _begin(request: Any = None, **_: Any) -> None:
    if request is not None:
        request.session[_BEGAN] = time.time()


def limited(get_response: Answer) -> Answer:
    """End a session some hours after signing in, however busy it is, and one that was ended."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.session.get("_auth_user_id") and request.user.is_authenticated:
            began = request.session.get(_BEGAN, 0.0)
            least = max(time.time() - settings.SESSION_COOKIE_AGE, preferences.ended(request.user))
            if began < least:
                logout(request)
        return get_response(request)

    return answer
