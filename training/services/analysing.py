"""Keeps the utterances of a finished test here, and what they say."""

from collections.abc import Mapping
from typing import Any

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from studio import claims
from studio.crashpoints import crashpoint
from training.enums import Status
from training.models import Evaluation, Utterance
from training.services import files
from training.services.delays import after_failures
from training.speechapi.errors import SpeechApiError
from training.statistics import analysis

_BATCH = 500

log = structlog.get_logger(__name__)


def due() -> list[int]:
    """Finished tests that are not analysed and that nobody holds."""
    return list(claims.due(_waiting()).values_list("pk", flat=True)[:20])


def analyse(pk: int) -> None:
    """Read a test's details and keep them, once; a service that gives none leaves it empty."""
    if not claims.claim_due(_waiting(), pk):
        return
    with claims.held(Evaluation, pk):
        row = Evaluation.objects.get(pk=pk)
        try:
            details = files.evaluation_details(row)
        except SpeechApiError as error:
            wait = after_failures(row.attempts, error.retry_after)
            Evaluation.objects.filter(pk=pk).update(due_at=timezone.now() + wait)
            log.info("analysis_postponed", test=pk, reason=error.message)
            return
        crashpoint("training.analysis.before_commit")
        keep(row, details)


def _waiting() -> "QuerySet[Evaluation]":
    return Evaluation.objects.filter(status=Status.SUCCEEDED, analysed_at=None)


@transaction.atomic
def keep(row: Evaluation, details: list[dict[str, Any]]) -> None:
    """Put a test's utterances in place of those kept before, and count them."""
    utterances = [_utterance(row, n, one) for n, one in enumerate(details) if _is_whole(one)]
    row.utterances.all().delete()
    Utterance.objects.bulk_create(utterances, batch_size=_BATCH)
    found = analysis([(one.operations1, one.operations2) for one in utterances])
    now = timezone.now()
    Evaluation.objects.filter(pk=row.pk).update(
        analysis=found if utterances else {}, analysed_at=now, changed_at=now
    )


def _is_whole(one: Any) -> bool:
    sides = [one.get("model1"), one.get("model2")] if isinstance(one, Mapping) else []
    return len(sides) == 2 and all(
        isinstance(side, Mapping) and isinstance(side.get("operations"), list) for side in sides
    )


def _utterance(row: Evaluation, position: int, one: Mapping[str, Any]) -> Utterance:
    made = Utterance(
        evaluation=row,
        position=position,
        file=str(one.get("file", ""))[:300],
        reference=str(one.get("reference", "")),
    )
    for number in (1, 2):
        side = one[f"model{number}"]
        kinds = [operation[0] for operation in side["operations"]]
        found = {
            "text": str(side.get("text", "")),
            "operations": side["operations"],
            "substitutions": kinds.count("substitute"),
            "deletions": kinds.count("delete"),
            "insertions": kinds.count("insert"),
            "errors": len(kinds) - kinds.count("equal"),
        }
        for name, value in found.items():
            setattr(made, f"{name}{number}", value)
    return made
