"""Which job does what."""

from collections.abc import Callable
from typing import Any

from localspeech.jobs import lifecycle
from localspeech.jobs.evaluating import evaluate
from localspeech.jobs.importing import import_dataset
from localspeech.jobs.training import train_model
from localspeech.models import CustomModel, Dataset, Evaluation, Job

_JOBS: dict[str, tuple[type[Job], Callable[[Any], None]]] = {
    "dataset": (Dataset, import_dataset),
    "custommodel": (CustomModel, train_model),
    "evaluation": (Evaluation, evaluate),
}


def work(kind: str, pk: str) -> None:
    """Do one job, if it is free and not ended."""
    model, job = _JOBS[kind]
    row = lifecycle.take(model, pk)
    if row is not None:
        lifecycle.work(row, job)
