"""What every request passes through."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

Answer = Callable[[HttpRequest], HttpResponse]


def session_ended(get_response: Answer) -> Answer:
    """Answer 401 to a part of a page asked for after the session ended.

    Without this htmx would follow the redirect and put the sign-in page into the page,
    in the middle of what a person has typed.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        asked_for_part = request.headers.get("HX-Request") == "true"
        leads_to = response.get("Location", "")
        if asked_for_part and leads_to and leads_to.startswith(resolve_url(settings.LOGIN_URL)):
            return HttpResponse(_("You are signed out."), status=401)
        return response

    return answer
