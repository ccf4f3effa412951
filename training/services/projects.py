"""Creating projects."""

from uuid import UUID

from django.db import transaction

from training.models import Event, Project, Resource, User
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
) -> Project:
    """A new project, or the one that the same form made before."""
    project, made = Project.objects.get_or_create(
        submission_key=submission_key,
        defaults={
            "resource": resource,
            "display_name": display_name,
            "description": description,
            "locale": locale,
            "created_by": user,
            "is_sample": is_sample,
        },
    )
    if made:
        events.record(Event.Verb.CREATED, project, user)
        submit_soon(project)
    return project
