"""Which job does what."""

from collections.abc import Callable
from typing import Any

from localspeech.jobs import lifecycle
from localspeech.jobs.copying import copy_model
from localspeech.jobs.deploying import deploy
from localspeech.jobs.evaluating import evaluate
from localspeech.jobs.importing import import_dataset
from localspeech.jobs.listening import listen
from localspeech.jobs.training import train_model
from localspeech.jobs.transcribing import transcribe
from localspeech.models import (
    CopyOperation,
    CustomModel,
    Dataset,
    Endpoint,
    Evaluation,
    Recognition,
    Transcription,
    Work,
)

_JOBS: dict[str, tuple[type[Work], Callable[[Any], None]]] = {
    "dataset": (Dataset, import_dataset),
    "custommodel": (CustomModel, train_model),
    "evaluation": (Evaluation, evaluate),
    "endpoint": (Endpoint, deploy),
    "copyoperation": (CopyOperation, copy_model),
    "transcription": (Transcription, transcribe),
    "recognition": (Recognition, listen),
}


def work(kind: str, pk: str) -> None:
    """Do one job, if it is free and not ended."""
    model, job = _JOBS[kind]
    row = lifecycle.take(model, pk)
    if row is not None:
        lifecycle.work(row, job)
