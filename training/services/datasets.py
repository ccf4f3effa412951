"""Creating datasets."""

from uuid import UUID

from django.core.files import File
from django.db import transaction

from training.models import Dataset, Event, Project, User
from training.services import events
from training.services.doorbell import submit_soon


def create(
    *,
    project: Project,
    kind: str,
    display_name: str,
    description: str,
    file: "File[bytes] | None",
    content_url: str,
    user: User,
    submission_key: UUID,
) -> Dataset:
    """A new dataset, or the one that the same form made before.

    The file is kept here until the service has it, so that a lost upload can be repeated.
    """
    with transaction.atomic():
        dataset, made = Dataset.objects.get_or_create(
            submission_key=submission_key,
            defaults={
                "project": project,
                "kind": kind,
                "display_name": display_name,
                "description": description,
                "content_url": "" if file else content_url,
                "file_name": (file.name or "").rsplit("/", 1)[-1] if file else "",
                "created_by": user,
            },
        )
        if made and file:
            dataset.file.save(f"{submission_key}{_suffix(dataset.file_name)}", file)
        if made:
            events.record(Event.Verb.CREATED, dataset, user)
            submit_soon(dataset)
    return dataset


def _suffix(name: str) -> str:
    dot = name.rfind(".")
    return name[dot:].lower()[:10] if dot > 0 else ""
