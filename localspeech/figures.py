"""Figures of the local service for monitoring, counted in the database."""

from collections.abc import Iterable, Iterator

from django.db.models import Count, Min
from django.utils import timezone

from localspeech.models import CustomModel, Dataset, Evaluation, Transcription
from localspeech.models.entity import Job, Status

Figure = tuple[str, str, tuple[str, ...], Iterable[tuple[tuple[str, ...], float]]]
_KINDS: tuple[type[Job], ...] = (Dataset, CustomModel, Evaluation, Transcription)


def figures() -> Iterator[Figure]:
    """Name, meaning, labels and samples of each figure."""
    yield "local_jobs", "Jobs of the local service.", ("kind", "status"), list(_by_status())
    yield (
        "local_job_wait_seconds", "How long the oldest job has waited for its start.", ("kind",),
        list(_waits()),
    )  # fmt: skip


def _by_status() -> Iterator[tuple[tuple[str, ...], float]]:
    for kind in _KINDS:
        rows = kind._default_manager.order_by().values_list("status")
        for status, count in rows.annotate(count=Count("pk")):
            yield (kind._meta.model_name or "", status), count


def _waits() -> Iterator[tuple[tuple[str, ...], float]]:
    now = timezone.now()
    for kind in _KINDS:
        rows = kind._default_manager.filter(status=Status.NOT_STARTED)
        since = rows.aggregate(since=Min("created"))["since"]
        yield (kind._meta.model_name or "",), (now - since).total_seconds() if since else 0
