"""Creating datasets."""

from uuid import UUID

from django.core.files import File
from django.db import transaction

from training.enums import Submission
from training.models import Dataset, Event, Project, User
from training.services import events
from training.services.doorbell import check_soon, submit_soon


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

    The file is kept here, and checked before it is sent; an address goes as it is.
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
                "submission": Submission.CHECKING if file else Submission.SUBMITTING,
            },
        )
        if made and file:
            dataset.file.save(f"{submission_key}{_suffix(dataset.file_name)}", file)
        if made:
            events.record(Event.Verb.CREATED, dataset, user)
            (check_soon if file else submit_soon)(dataset)
    return dataset


def _suffix(name: str) -> str:
    dot = name.rfind(".")
    return name[dot:].lower()[:10] if dot > 0 else ""
