"""Who may do what. Everyone who signs in works on everything; staff keep resources and people."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

View = Callable[..., HttpResponseBase]


@rules.predicate
def is_administrator(user: Any) -> bool:
    """An active member of staff."""
    return bool(user.is_active and user.is_staff)


rules.add_perm("training.administer", is_administrator)


def administrator_required(view: View) -> View:
    """Let only administrators in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm("training.administer"):
            raise PermissionDenied(_("Only administrators can open this page."))
        return view(request, *args, **kwargs)

    return guarded
