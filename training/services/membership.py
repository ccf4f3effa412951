"""Who works in a project. A project that has owners keeps at least one."""

from django.db import transaction
from django.utils.translation import gettext as _

from training.enums import Role
from training.models import Event, Membership, Project, User
from training.services import events


class LastOwner(Exception):
    """Nobody would be left who keeps the project."""


@transaction.atomic
def name(project: Project, person: User, role: Role, by: User) -> bool:
    """Give a person a role; False when it was theirs before. Raises LastOwner."""
    Project.objects.select_for_update().get(pk=project.pk)
    old = Membership.objects.filter(project=project, person=person).first()
    if old and old.role == role:
        return False
    if old and role != Role.OWNER:
        _check_owners(project, old)
    Membership.objects.update_or_create(project=project, person=person, defaults={"role": role})
    events.record(Event.Verb.CHANGED, project, by, f"{person}: {role.label}")
    return True


@transaction.atomic
def remove(project: Project, key: int, by: User) -> bool:
    """Name a person no longer; False when nobody was. Raises LastOwner."""
    Project.objects.select_for_update().get(pk=project.pk)
    old = Membership.objects.filter(project=project, pk=key).select_related("person").first()
    if old is None:
        return False
    _check_owners(project, old)
    old.delete()
    events.record(Event.Verb.CHANGED, project, by, _("%(person)s removed") % {"person": old.person})
    return True


@transaction.atomic
def open_to(project: Project, role: str, by: User) -> bool:
    """What everybody who is not named may do; False when it was so before."""
    changed = Project.objects.filter(pk=project.pk).exclude(open_to=role).update(open_to=role)
    if changed:
        project.open_to = role
        text = _("everybody else: %(what)s") % {"what": project.get_open_to_display()}
        events.record(Event.Verb.CHANGED, project, by, text)
    return bool(changed)


def _check_owners(project: Project, leaving: Membership) -> None:
    owners = project.memberships.filter(role=Role.OWNER, person__is_active=True)
    if leaving.role == Role.OWNER and not owners.exclude(pk=leaving.pk).exists():
        raise LastOwner
