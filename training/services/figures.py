"""Figures for monitoring, counted in the database."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from django.utils import timezone

from training.enums import Submission
from training.models import (
    CustomModel,
    Dataset,
    Deadline,
    Dispatch,
    Endpoint,
    Evaluation,
    RemoteObject,
    Resource,
)

Figure = tuple[str, str, tuple[str, ...], Iterable[tuple[tuple[str, ...], float]]]
_KINDS: tuple[type[RemoteObject], ...] = (Dataset, CustomModel, Evaluation, Endpoint)
_DAYS = (7, 30, 90)


def figures() -> Iterator[Figure]:
    """Name, meaning, labels and samples of each figure."""
    now = timezone.now()
    yield "objects", "Objects by kind and status.", ("kind", "status"), list(_by_status())
    yield (
        "submission_age_seconds", "Age of what waits longest to be sent, by kind.", ("kind",),
        list(_oldest_submissions(now)),
    )  # fmt: skip
    yield from _of_resources(now)
    yield (
        "deadlines", "Last days within so many days that nobody handled.", ("days",),
        [((str(days),), _near(now, days)) for days in _DAYS],
    )  # fmt: skip
    waiting = Dispatch.objects.filter(sent_at=None, failed_at=None, due_at__lt=now)
    failed = Dispatch.objects.exclude(failed_at=None)
    yield (
        "messages", "Mail and messages that are due or were given up.", ("state",),
        [(("due",), waiting.count()), (("failed",), failed.count())],
    )  # fmt: skip


def _by_status() -> Iterator[tuple[tuple[str, ...], float]]:
    for kind in _KINDS:
        rows = kind._default_manager.order_by().values_list("submission", "status")
        for submission, status, count in rows.annotate(count=Count("pk")):
            word = status if submission == Submission.SUBMITTED and status else submission
            yield (kind._meta.model_name or "", word), count


def _oldest_submissions(now: datetime) -> Iterator[tuple[tuple[str, ...], float]]:
    for kind in _KINDS:
        rows = kind._default_manager.filter(submission=Submission.SUBMITTING)
        since = rows.aggregate(since=Min("created_at"))["since"]
        yield (kind._meta.model_name or "",), (now - since).total_seconds() if since else 0


def _of_resources(now: datetime) -> Iterator[Figure]:
    rows = list(Resource.objects.values_list("pk", "answered_at", "failures"))
    answered = [((str(pk),), (now - at).total_seconds()) for pk, at, _ in rows if at]
    failing = [((str(pk),), float(count)) for pk, _, count in rows]
    yield "poll_age_seconds", "Since a resource last answered a poll.", ("resource",), answered
    yield "poll_failures", "Polls in a row that failed.", ("resource",), failing


def _near(now: datetime, days: int) -> int:
    snoozed = Q(snoozed_until__gt=now.date())
    rows = Deadline.objects.filter(at__lt=now + timedelta(days=days), at__gte=now, handled_at=None)
    return rows.exclude(snoozed).count()
