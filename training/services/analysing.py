"""Keeps the utterances of a finished test here, and what they say."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from studio import claims
from studio.crashpoints import crashpoint
from training.alignment import aligned, mirrored
from training.details import Detail
from training.enums import Status
from training.models import Evaluation, Utterance
from training.services import details
from training.services.delays import after_failures
from training.services.vocabulary import taught
from training.speechapi.errors import SpeechApiError
from training.statistics import analysis, heard_alone, top

_BATCH = 500
_MODELS = ("custom_model1", "base_model1", "custom_model2", "base_model2")

log = structlog.get_logger(__name__)


def due() -> list[int]:
    """Finished tests that are not analysed and that nobody holds."""
    return list(claims.due(_waiting()).values_list("pk", flat=True)[:20])


def analyse(pk: int) -> None:
    """Read a test's details and keep them, once; a service that gives none leaves it empty."""
    if not claims.claim_due(_waiting(), pk):
        return
    with claims.held(Evaluation, pk):
        row = Evaluation.objects.select_related("project__resource", "dataset", *_MODELS).get(pk=pk)
        try:
            found = details.read(row)
        except SpeechApiError as error:
            wait = after_failures(row.attempts, error.retry_after)
            Evaluation.objects.filter(pk=pk).update(due_at=timezone.now() + wait)
            log.info("analysis_postponed", test=pk, reason=error.message)
            return
        crashpoint("training.analysis.before_commit")
        keep(row, found)


def _waiting() -> "QuerySet[Evaluation]":
    return Evaluation.objects.filter(status=Status.SUCCEEDED, analysed_at=None)


def keep(row: Evaluation, found: Sequence[Detail]) -> None:
    """Put a test's utterances in place of those kept before, and count them."""
    utterances = [_utterance(row, position, one) for position, one in enumerate(found)]
    analysed = _differences(utterances) if row.is_inspection else _measures(row, utterances)
    with transaction.atomic():
        row.utterances.all().delete()
        Utterance.objects.bulk_create(utterances, batch_size=_BATCH)
        now = timezone.now()
        Evaluation.objects.filter(pk=row.pk).update(
            analysis=analysed, analysed_at=now, changed_at=now
        )


def _differences(utterances: Sequence[Utterance]) -> dict[str, Any]:
    return {"different": sum(1 for one in utterances if one.errors1)}


def _measures(row: Evaluation, utterances: Sequence[Utterance]) -> dict[str, Any]:
    """Nothing where no transcript was found: what was heard is kept, but cannot be counted."""
    pairs = [(one.operations1, one.operations2) for one in utterances if one.reference]
    if not pairs:
        return {}
    found = analysis(pairs)
    for number, name, model in ((1, "gained", row.model1), (2, "lost", row.model2)):
        alone = heard_alone(pairs, number)
        known = taught(model, alone)
        found[f"learned{number}"] = top(Counter({word: alone[word] for word in known}))
        found[name] = top(Counter({word: alone[word] for word in alone.keys() - known}))
    return found


def _utterance(row: Evaluation, position: int, one: Detail) -> Utterance:
    """A clip as it is kept. The operations of an inspection hold one model against the other."""
    reference, operations = one.reference, one.operations
    if row.is_inspection:
        differing = aligned(one.texts[1], one.texts[0])
        reference, operations = "", (differing, mirrored(differing))
    made = Utterance(evaluation=row, position=position, file=one.file[:300], reference=reference)
    for number in (1, 2):
        kinds = [operation[0] for operation in operations[number - 1]]
        found = {
            "text": one.texts[number - 1],
            "operations": operations[number - 1],
            "substitutions": kinds.count("substitute"),
            "deletions": kinds.count("delete"),
            "insertions": kinds.count("insert"),
            "errors": len(kinds) - kinds.count("equal"),
        }
        for name, value in found.items():
            setattr(made, f"{name}{number}", value)
    return made
