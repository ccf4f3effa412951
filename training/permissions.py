"""Who may do what: see a project, work in it, keep it; and what administrators alone may do."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from training.enums import Role
from training.models import Membership, Project

View = Callable[..., HttpResponseBase]


@rules.predicate
def is_administrator(user: Any) -> bool:
    """An active member of staff."""
    return bool(user.is_active and user.is_staff)


@rules.predicate
def is_trainer(user: Any) -> bool:
    """Somebody who may start something of their own."""
    return is_administrator(user) or bool(user.is_active and user.role == Role.TRAINER)


rules.add_perm("training.administer", is_administrator)
rules.add_perm("training.train", is_trainer)


def role_in(user: Any, project: Project) -> Role | None:
    """What a person is in a project; None is to be answered as if there were no project."""
    if not user.is_active:
        return None
    if is_administrator(user):
        return Role.OWNER
    named = Membership.objects.filter(project=project, person=user.pk).first()
    if named:
        return Role(named.role)
    if not project.open_to:
        return None
    return min(Role(project.open_to), Role(user.role), key=lambda one: one.rank)


def may(user: Any, project: Project, least: Role) -> bool:
    """Whether a person is at least this in a project."""
    role = role_in(user, project)
    return role is not None and role.rank >= least.rank


def projects_of(user: Any, least: Role = Role.VIEWER) -> "QuerySet[Project]":
    """Projects in which a person is at least this."""
    rows = Project.objects.all()
    if is_administrator(user):
        return rows
    enough = [role for role in Role if role.rank >= least.rank]
    named = Membership.objects.filter(person=user.pk)
    shared = Q(open_to__in=enough) & ~Q(pk__in=named.values("project"))
    mine = Q(pk__in=named.filter(role__in=enough).values("project"))
    return rows.filter(mine | shared) if Role(user.role) in enough else rows.filter(mine)


def everybody_in(project: Project) -> Q:
    """Accounts that see a project, as a condition on people."""
    named = Membership.objects.filter(project=project).values("person")
    return Q() if project.open_to else Q(is_staff=True) | Q(pk__in=named)


def _requires(permission: str, reason: Any) -> Callable[[View], View]:
    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.has_perm(permission):
                raise PermissionDenied(str(reason))
            return view(request, *args, **kwargs)

        return guarded

    return guard


administrator_required = _requires(
    "training.administer", _("Only administrators can open this page.")
)
trainer_required = _requires("training.train", _("Your account can look at things, not start any."))
