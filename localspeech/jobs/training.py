"""Training a custom model."""

import json
from dataclasses import asdict

from localspeech import storage
from localspeech.engine.training import Source, train
from localspeech.jobs.lifecycle import end
from localspeech.models import CustomModel, StoredFile
from localspeech.models.entity import Status
from studio.crashpoints import crashpoint


def train_model(row: CustomModel) -> None:
    """Train, keep the model's files and the report. Raises EngineError."""
    crashpoint("localspeech.train.claimed")
    folder = storage.model_folder(row.pk)
    sources = [
        Source(one.kind, storage.data_of(one.pk)) for one in row.datasets.order_by("created", "id")
    ]
    text = StoredFile.objects.filter(owner=row.pk, name=storage.TEXT).first()
    if text is not None:
        sources.append(Source("Language", storage.local_path(text.path)))
    report = train(sources, row.base_model, row.weight_percent, storage.local_path(folder))
    storage.register_folder(row.pk, folder, "LanguageData")
    body = json.dumps(asdict(report), indent=1).encode()
    storage.keep(row.pk, "report.json", "ModelReport", body)
    crashpoint("localspeech.train.before_commit")
    end(row, Status.SUCCEEDED)
    crashpoint("localspeech.train.after_commit")
