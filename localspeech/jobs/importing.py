"""Importing a dataset."""

import json

from localspeech import storage
from localspeech.engine import vocabulary
from localspeech.engine.inspection import inspect_dataset
from localspeech.jobs.fetching import fetch
from localspeech.jobs.lifecycle import end
from localspeech.models import Dataset
from localspeech.models.entity import Status
from studio.crashpoints import crashpoint


def import_dataset(row: Dataset) -> None:
    """Read the data once, keep the report and what is known of its words.

    Raises EngineError when nothing can be used.
    """
    crashpoint("localspeech.import.claimed")
    if row.content_url:
        fetch(row)
    report = inspect_dataset(row.kind, storage.data_of(row.pk))
    storage.keep(row.pk, "report.txt", "DatasetReport", report.as_text().encode())
    if report.words is not None:
        words = vocabulary.describe(report.words, report.given).as_json()
        body = json.dumps(words, indent=1).encode()
        storage.keep(row.pk, "vocabulary.json", "DatasetReport", body)
    crashpoint("localspeech.import.before_commit")
    end(
        row,
        Status.SUCCEEDED,
        accepted_line_count=report.accepted_line_count,
        rejected_line_count=report.rejected_line_count,
        duration_seconds=report.duration_seconds,
    )
