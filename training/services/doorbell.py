"""Rings the worker for a row; the sweep finds it anyway if nobody hears."""

from studio.celery import ring
from training.models import Dataset, RemoteObject


def check_soon(row: Dataset) -> None:
    """Ask a worker to check a dataset's file once this transaction has committed."""
    ring("training.tasks.check", row.pk)


def submit_soon(row: RemoteObject) -> None:
    """Ask a worker to submit the row once this transaction has committed."""
    ring("training.tasks.submit", row._meta.model_name, row.pk)
