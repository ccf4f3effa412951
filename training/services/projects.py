"""Creating projects, putting them aside and taking them back."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from training.enums import Role
from training.models import Event, Membership, Project, Resource, User
from training.services import events
from training.services.doorbell import submit_soon


@transaction.atomic
def create(
    *,
    resource: Resource,
    display_name: str,
    description: str,
    locale: str,
    user: User,
    submission_key: UUID,
    is_sample: bool = False,
    open_to: str = Role.TRAINER,
) -> Project:
    """A new project, owned by who makes it; or the one that the same form made before."""
    project, made = Project.objects.get_or_create(
        submission_key=submission_key,
        defaults={
            "resource": resource,
            "display_name": display_name,
            "description": description,
            "locale": locale,
            "created_by": user,
            "is_sample": is_sample,
            "open_to": open_to,
        },
    )
    if made:
        Membership.objects.create(project=project, person=user, role=Role.OWNER)
        events.record(Event.Verb.CREATED, project, user)
        submit_soon(project)
    return project


@transaction.atomic
def archive(project: Project, user: User) -> bool:
    """Put a project aside; False when it was already."""
    rows = Project.objects.filter(pk=project.pk, archived_at=None)
    return _tell(rows.update(archived_at=timezone.now()), Event.Verb.ARCHIVED, project, user)


@transaction.atomic
def restore(project: Project, user: User) -> bool:
    """Take a project back into work; False when it was not archived."""
    rows = Project.objects.filter(pk=project.pk, archived_at__isnull=False)
    return _tell(rows.update(archived_at=None), Event.Verb.RESTORED, project, user)


def _tell(changed: int, verb: Event.Verb, project: Project, user: User) -> bool:
    if changed:
        events.record(verb, project, user)
    return bool(changed)
