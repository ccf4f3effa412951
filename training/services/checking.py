"""Checks a dataset's file before it is sent, and what people decide about what was found."""

import tempfile
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from studio import claims
from studio.crashpoints import crashpoint
from training.enums import Submission
from training.models import Dataset, Event, Upload, User
from training.services import assembling, copies, datasets, events, fingerprints
from training.services.doorbell import check_soon, submit_soon
from training.validation.checks import check as examine
from training.validation.checks import fix
from training.validation.findings import Report

_MOST_ATTEMPTS = 6
_WITHOUT_ROOM = timedelta(minutes=2)

log = structlog.get_logger(__name__)


def due() -> list[int]:
    """Datasets that wait for their check and that nobody holds."""
    return list(claims.due(_waiting()).values_list("pk", flat=True)[:50])


def _waiting() -> "QuerySet[Dataset]":
    return Dataset.objects.filter(submission=Submission.CHECKING)


def check(pk: int) -> None:
    """Check one dataset; clean data goes on its way, the rest waits for a person.

    A check that keeps failing by itself must not stop the data: the service has the last word.
    """
    if not claims.claim_due(_waiting(), pk):
        return
    with claims.held(Dataset, pk):
        row = Dataset.objects.select_related("project", "mended_from").get(pk=pk)
        if row.attempts > _MOST_ATTEMPTS:
            log.error("check_given_up", dataset=pk)
            _give_up(row)
            return
        try:
            report = _report(row)
        except OSError as error:
            _wait_for_room(row, error)
            return
        except Exception:
            wait = timezone.now() + timedelta(seconds=5)
            Dataset.objects.filter(pk=pk).update(due_at=wait)
            raise
        crashpoint("training.check.before_commit")
        clean = report.is_clean
        _decide(row, Submission.SUBMITTING if clean else Submission.HELD, report.as_json())


def _wait_for_room(row: Dataset, error: OSError) -> None:
    """A full disk costs nobody an upload: it is tried again until there is room."""
    log.error("check_without_room", dataset=row.pk, reason=str(error))
    text = _("This server cannot keep the file now, perhaps because its disk is full.")
    now = timezone.now()
    changes: dict[str, Any] = {"due_at": now + _WITHOUT_ROOM, "attempts": 0}
    if row.trouble != text:
        changes |= {"trouble": text, "changed_at": now}
    Dataset.objects.filter(pk=row.pk).update(**changes)


def _give_up(row: Dataset) -> None:
    if row.file:
        _decide(row, Submission.SUBMITTING, {})
        return
    message = _("The file could not be put together on this server; its log says why.")
    _decide(row, Submission.HELD, Report().stop(message, row.file_name).as_json())


def _report(row: Dataset) -> Report:
    if not row.file:
        _make_file(row)
    with copies.as_path(row) as path:
        report = examine(row.kind, path, row.project.locale)
        fingerprints.keep(row, path, report.contents)
    return report


def _make_file(row: Dataset) -> None:
    upload = Upload.objects.filter(dataset=row).first()
    if upload is not None:
        assembling.assemble(row, upload)
    elif row.mended_from is not None:
        _mend(row, row.mended_from)


def _mend(row: Dataset, original: Dataset) -> None:
    with (
        copies.as_path(original) as source,
        tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as folder,
    ):
        target = Path(folder) / "mended"
        fix(row.kind, source, target, row.project.locale)
        with target.open("rb") as file:
            row.file.save(datasets.stored_name(row), File(file), save=False)
    Dataset.objects.filter(pk=row.pk).update(file=row.file.name)


@transaction.atomic
def _decide(row: Dataset, submission: Submission, report: dict[str, Any]) -> None:
    now = timezone.now()
    won = (
        _waiting()
        .filter(pk=row.pk)
        .update(
            submission=submission, report=report, attempts=0, due_at=now, changed_at=now, trouble=""
        )
    )
    if won and submission == Submission.SUBMITTING:
        submit_soon(row)


@transaction.atomic
def check_again(row: Dataset) -> bool:
    """Check anew a dataset whose file could not be put together; False when it is none (more)."""
    now = timezone.now()
    held = Dataset.objects.filter(pk=row.pk, submission=Submission.HELD, file="")
    changes = {"submission": Submission.CHECKING, "attempts": 0, "due_at": now, "changed_at": now}
    if not held.update(**changes):
        return False
    check_soon(row)
    return True


@transaction.atomic
def accept(row: Dataset) -> bool:
    """Send the data in spite of its warnings; False when that is not possible (any more)."""
    if row.report.get("errors"):
        return False
    now = timezone.now()
    held = Dataset.objects.filter(pk=row.pk, submission=Submission.HELD)
    if not held.update(submission=Submission.SUBMITTING, due_at=now, changed_at=now):
        return False
    submit_soon(row)
    return True


@transaction.atomic
def mend(row: Dataset, user: User) -> Dataset:
    """A copy in which everything is mended that can be; the same one when asked again."""
    key = uuid.uuid5(row.submission_key, "mended")
    name = _("%(name)s (corrected)") % {"name": row.display_name}
    made, is_new = Dataset.objects.get_or_create(
        submission_key=key,
        defaults={
            "project": row.project,
            "kind": row.kind,
            "display_name": name[:200],
            "description": row.description,
            "file_name": row.file_name,
            "created_by": user,
            "mended_from": row,
            "submission": Submission.CHECKING,
        },
    )
    if is_new:
        events.record(Event.Verb.CREATED, made, user)
        check_soon(made)
    return made
