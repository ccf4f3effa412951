"""What files belong to."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from localspeech.models.custom_model import CustomModel
from localspeech.models.dataset import Dataset
from localspeech.models.endpoint import Endpoint
from localspeech.models.evaluation import Evaluation
from localspeech.models.recognition import Recognition
from localspeech.models.stored_file import StoredFile
from localspeech.models.transcription import Transcription

_OWNERS: tuple[Any, ...] = (
    Dataset, CustomModel, Evaluation, Endpoint, Transcription, Recognition,
)  # fmt: skip


def is_owner(identifier: UUID) -> bool:
    """Whether any resource has an object of this ID that can have files."""
    return any(kind.objects.filter(pk=identifier).exists() for kind in _OWNERS)


def orphans() -> "QuerySet[StoredFile]":
    """Files whose owner is gone: what a kill left between two steps of a deletion or a copy."""
    rows = StoredFile.objects.all()
    for kind in _OWNERS:
        rows = rows.exclude(owner__in=kind.objects.values("pk"))
    return rows
