"""Training a custom model: its sound in shards, then its words at once."""

import json
from dataclasses import asdict

from localspeech import storage
from localspeech.jobs import adapting
from localspeech.jobs.lifecycle import succeed
from localspeech.jobs.recognisers import family_of
from localspeech.jobs.sources import sources_of
from localspeech.models import CustomModel
from studio.crashpoints import crashpoint


def train_model(row: CustomModel) -> None:
    """Train, keep the model's files and the report. Raises EngineError.

    With recordings it is called again whenever a stage of their shards is done.
    """
    crashpoint("localspeech.train.claimed")
    recordings = adapting.archives(row)
    sound = adapting.adapt(row, recordings) if recordings else None
    if recordings and sound is None:
        return
    folder = storage.model_folder(row.pk)
    report = family_of(row.base_model).train(
        sources_of(row),
        row.base_model,
        row.weight_percent or None,
        storage.local_path(folder),
        sound,
    )
    storage.register_folder(row.pk, folder, "LanguageData")
    body = json.dumps(asdict(report), indent=1).encode()
    storage.keep(row.pk, "report.json", "ModelReport", body)
    crashpoint("localspeech.train.before_commit")
    succeed(row, outcome=report.outcome, weight_percent=report.weight_percent)
    adapting.forget(row)
    crashpoint("localspeech.train.after_commit")
