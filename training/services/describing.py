"""Keeps what the words of an imported dataset are: as the service tells, or as counted here."""

from collections.abc import Iterator, Mapping
from typing import Any

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from studio import claims
from studio.crashpoints import crashpoint
from training.enums import Status
from training.models import Dataset, Fingerprint, NewWord
from training.services import copies, files, fingerprints
from training.services.delays import after_failures
from training.speechapi.errors import NotFound, SpeechApiError
from training.validation.checks import check as examine

_BATCH = 500
_MOST_WORDS = 5_000
_LONGEST, _LONGEST_FORM = 200, 400

log = structlog.get_logger(__name__)


def due() -> list[int]:
    """Imported datasets whose words are not known and that nobody holds."""
    return list(claims.due(_waiting()).values_list("pk", flat=True)[:20])


def describe(pk: int) -> None:
    """Ask once what the service tells of a dataset's words, and keep it."""
    if not claims.claim_due(_waiting(), pk):
        return
    with claims.held(Dataset, pk):
        row = Dataset.objects.select_related("project__resource").get(pk=pk)
        try:
            told = files.vocabulary(row)
        except NotFound:
            told = {}
        except SpeechApiError as error:
            wait = after_failures(row.attempts, error.retry_after)
            Dataset.objects.filter(pk=pk).update(due_at=timezone.now() + wait)
            log.info("description_postponed", dataset=pk, reason=error.message)
            return
        _know_contents(row)
        crashpoint("training.description.before_commit")
        keep(row, told)


def _waiting() -> "QuerySet[Dataset]":
    return Dataset.objects.filter(status=Status.SUCCEEDED, described_at=None)


def _know_contents(row: Dataset) -> None:
    """Read our copy of data that was checked before contents were kept."""
    if not row.file or Fingerprint.objects.filter(dataset=row).exists():
        return
    try:
        with copies.as_path(row) as path:
            report = examine(row.kind, path, row.project.locale)
            fingerprints.keep(row, path, report.contents)
    except OSError as error:
        log.warning("copy_unreadable", dataset=row.pk, reason=str(error))
        return
    row.report = {**row.report, "facts": report.contents.facts()}
    Dataset.objects.filter(pk=row.pk).update(report=row.report)


@transaction.atomic
def keep(row: Dataset, told: Mapping[str, Any]) -> None:
    """Put what is known of a dataset's words in place of what was kept before."""
    row.new_words.all().delete()
    NewWord.objects.bulk_create(_new_words(row, told), batch_size=_BATCH)
    now = timezone.now()
    facts = _told(told) if _count(told, "wordCount") is not None else _counted(row)
    Dataset.objects.filter(pk=row.pk).update(**facts, described_at=now, changed_at=now, attempts=0)


def _told(told: Mapping[str, Any]) -> dict[str, Any]:
    models = [one for one in _objects(told, "baseModels") if not one.get("guessesPronunciations")]
    return {
        "word_count": _count(told, "wordCount"),
        "vocabulary_size": _count(told, "vocabularySize"),
        "new_word_count": _count(told, "newWordCount"),
        "strict_base_models": [_text(one, "displayName") for one in models],
    }


def _counted(row: Dataset) -> dict[str, Any]:
    facts = row.report.get("facts", {})
    return {name: facts.get(name) for name in ("word_count", "vocabulary_size")}


def _new_words(row: Dataset, told: Mapping[str, Any]) -> Iterator[NewWord]:
    listed = [one for one in _objects(told, "newWords") if 0 < len(_text(one, "word")) <= _LONGEST]
    for position, one in enumerate(listed[:_MOST_WORDS]):
        sounds = one.get("pronunciations")
        first = sounds[0] if isinstance(sounds, list) and sounds else ""
        yield NewWord(
            dataset=row,
            position=position,
            word=_text(one, "word"),
            times=_count(one, "count") or 0,
            pronunciation=_text({"sounds": first}, "sounds")[:_LONGEST_FORM],
            is_guessed=one.get("isGuessed") is True,
            suggestion=_text(one, "spokenForm")[:_LONGEST_FORM],
        )


def _text(told: Mapping[str, Any], name: str) -> str:
    """A text that a database can hold, "" for anything else."""
    found = told.get(name)
    plain = found.replace("\0", "") if isinstance(found, str) else ""
    return plain.encode(errors="replace").decode()


def _objects(told: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    listed = told.get(name)
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def _count(told: Mapping[str, Any], name: str) -> int | None:
    """A count that a database can hold, or None for anything else."""
    found = told.get(name)
    return found if type(found) is int and 0 <= found < 2**31 else None
