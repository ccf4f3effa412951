"""The sample project: one click, and the wizard has something real to train with."""

import json
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.files import File
from django.db import transaction

from training.models import Project, Resource, User
from training.services import datasets, projects

FOLDER = Path(__file__).resolve().parent.parent / "sample"


def description() -> dict[str, Any]:
    """What the sample consists of."""
    found: dict[str, Any] = json.loads((FOLDER / "sample.json").read_text())
    return found


@transaction.atomic
def load(user: User) -> Project:
    """The sample project with its data, on the local service; a second click finds it again.

    Raises Resource.DoesNotExist when this server runs without the local service.
    """
    resource = Resource.objects.filter(is_local=True).earliest("pk")
    sample = description()
    project = projects.create(
        resource=resource,
        locale=sample["locale"],
        user=user,
        submission_key=_key("project"),
        is_sample=True,
        **sample["project"],
    )
    for one in sample["datasets"]:
        with (FOLDER / one["file"]).open("rb") as file:
            datasets.create(
                project=project,
                kind=one["kind"],
                display_name=one["display_name"],
                description=one["description"],
                file=File(file, name=one["file"]),
                content_url="",
                user=user,
                submission_key=_key(one["file"]),
            )
    return project


def _key(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"custom-speech-studio/sample/{name}")
