"""What every request passes through."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from structlog.contextvars import get_contextvars

from training.acting import Actor, acting
from training.enums import Role
from training.models import Project
from training.permissions import role_in

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OF_ARCHIVED = frozenset({"archive", "project_people", "presence"})
_OF_OWNERS = frozenset({"renewal", "project_people", "archive"})
_WORKSHOPS = frozenset(
    "new_dataset upload resume_upload wizard resume presence new_test testing resume_test "
    "new_endpoint change_model delete_rows copy_models cancel_model cancel_test".split()
)
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


def audit(get_response: Answer) -> Answer:
    """What a request changes is written down as its person's."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method in _SAFE or not request.user.is_authenticated:
            return get_response(request)
        who = Actor(
            request.user.pk,
            request.user.username,
            "page",
            request.META.get("REMOTE_ADDR", ""),
            str(get_contextvars().get("request_id", "")),
        )
        with acting(who):
            return get_response(request)

    return answer


class ProjectGuard:
    """Stands before every page of a project: 404 to those who do not see it.

    What changes something is for trainers, as are the pages that lead up to it; some pages'
    changes are for owners.
    `request.project_role` tells templates what to offer.
    """

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, kwargs: dict[str, Any]
    ) -> None:
        """Raise Http404 or PermissionDenied before the page is asked."""
        match = request.resolver_match
        # The local service has projects as well, which are named by a UUID and ask for a key.
        is_ours = isinstance(kwargs.get("project_id"), int)
        if not is_ours or not request.user.is_authenticated or match is None:
            return
        project = Project.objects.filter(pk=kwargs["project_id"]).first()
        role = project and role_in(request.user, project)
        if not role:
            raise Http404
        request.project_role = role  # type: ignore[attr-defined]
        if request.method in _SAFE and match.url_name not in _WORKSHOPS:
            return
        if project and project.archived_at and match.url_name not in _OF_ARCHIVED:
            raise PermissionDenied(_("This project is archived; its owners can restore it."))
        least = Role.OWNER if match.url_name in _OF_OWNERS else Role.TRAINER
        if role.rank < least.rank:
            raise PermissionDenied(_denied(least))


def _denied(least: Role) -> str:
    if least == Role.OWNER:
        return _("Only the owners of this project can change that.")
    return _("You can look at this project; changing it is for its trainers and owners.")
