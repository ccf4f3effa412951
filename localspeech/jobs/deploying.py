"""Deploying: the model's merged form is built, loaded and tried before the endpoint succeeds."""

from pathlib import Path

from django.utils import timezone

from localspeech import storage
from localspeech.engine.families import Recogniser
from localspeech.jobs.lifecycle import end
from localspeech.jobs.recognisers import recogniser
from localspeech.models import CustomModel, Endpoint
from localspeech.models.entity import Status
from studio.crashpoints import crashpoint

_SILENCE = bytes(2 * 8000)


def deploy(row: Endpoint) -> None:
    """Load the endpoint's model and decode half a second of silence. Raises EngineError."""
    loaded(row.custom_model, row.base_model).recognise(_SILENCE)
    crashpoint("localspeech.deploy.before_commit")
    model = {"custom_model_id": row.custom_model_id, "base_model": row.base_model}
    end(row, Status.SUCCEEDED, where=model)


def loaded(model: CustomModel | None, base_model: str) -> Recogniser:
    """The recogniser of a custom model, or of the named base model for None.

    A custom model past its last day is answered for by its base model, as the API does it.
    """
    if model is None:
        return recogniser(base_model, None)
    folder: Path | None = None
    if model.transcription_ends > timezone.now():
        folder = storage.local_path(storage.model_folder(model.pk))
    return recogniser(model.base_model, folder)
