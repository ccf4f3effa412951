"""Creating datasets."""

from uuid import UUID

from django.core.files import File
from django.db import transaction

from training.enums import Submission
from training.models import Dataset, Event, Project, User
from training.services import events
from training.services.doorbell import check_soon, submit_soon
from training.services.once import of_project


@transaction.atomic
def create(
    *,
    project: Project,
    kind: str,
    display_name: str,
    description: str,
    user: User,
    submission_key: UUID,
    file: "File[bytes] | None" = None,
    file_name: str = "",
    content_url: str = "",
) -> Dataset:
    """A new dataset, or the one that was made with this key before.

    A file is kept here, and checked before it is sent; with its name alone it is still to be put
    together from an upload. An address goes as it is.
    """
    name = (file.name or "").rsplit("/", 1)[-1] if file else file_name
    dataset, made = Dataset.objects.get_or_create(
        submission_key=submission_key,
        defaults={
            "project": project,
            "kind": kind,
            "display_name": display_name,
            "description": description,
            "content_url": content_url,
            "file_name": name,
            "created_by": user,
            "submission": Submission.CHECKING if name else Submission.SUBMITTING,
        },
    )
    if made and file:
        dataset.file.save(stored_name(dataset), file)
    if made:
        events.record(Event.Verb.CREATED, dataset, user)
        (check_soon if name else submit_soon)(dataset)
    return of_project(dataset, project)


def stored_name(dataset: Dataset) -> str:
    """What our copy of its file is called: never what a person has typed."""
    name = dataset.file_name
    dot = name.rfind(".")
    return f"{dataset.submission_key}{name[dot:].lower()[:10] if dot > 0 else ''}"
