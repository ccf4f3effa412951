"""Rings the worker for a row; the sweep finds it anyway if nobody hears."""

from studio.celery import ring
from training.models import RemoteObject


def submit_soon(row: RemoteObject) -> None:
    """Ask a worker to submit the row once this transaction has committed."""
    ring("training.tasks.submit", row._meta.model_name, row.pk)
