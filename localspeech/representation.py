"""Objects as the API shows them."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest

from localspeech.content import content_url
from localspeech.engine.releases import BaseModelRelease, release
from localspeech.links import base_model_id, link
from localspeech.models import CustomModel, Dataset, Endpoint, Evaluation, Job, Project, StoredFile
from localspeech.models.entity import Entity

Shown = dict[str, Any]


def moment(value: datetime) -> str:
    """A date-time in UTC, to the second."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def project(request: HttpRequest, row: Project) -> Shown:
    """A project with the addresses and numbers of what it holds."""
    here = ("projects", row.pk)
    parts = ("datasets", "models", "evaluations", "endpoints", "transcriptions")
    counts = {
        "datasetCount": row.datasets.count(),
        "modelCount": row.models.count(),
        "evaluationCount": row.evaluations.count(),
        "endpointCount": row.endpoints.count(),
        "transcriptionCount": 0,
    }
    links = {part: link(request, *here, part) for part in parts}
    return _entity(request, "projects", row) | {"links": links, "properties": counts}


def dataset(request: HttpRequest, row: Dataset) -> Shown:
    """A dataset with what its import found."""
    properties: Shown = {"textNormalizationKind": "Default"}
    if row.accepted_line_count is not None:
        properties["acceptedLineCount"] = row.accepted_line_count
        properties["rejectedLineCount"] = row.rejected_line_count
    if row.duration_seconds is not None:
        properties["duration"] = f"PT{row.duration_seconds:.2f}S"
    shown = _job(request, "datasets", row, properties) | {
        "kind": row.kind,
        "links": {"files": link(request, "datasets", row.pk, "files")},
    }
    if row.content_url:
        shown["contentUrl"] = row.content_url
    return shown


def base_model(request: HttpRequest, base: BaseModelRelease) -> Shown:
    """A base model. Its dates are the release's own."""
    here = ("models", "base", base_model_id(base))
    features = _features() | {"supportsAdaptationsWith": list(base.supports_adaptations_with)}
    return {
        "self": link(request, *here),
        "links": {"manifest": link(request, *here, "manifest")},
        "properties": {
            "deprecationDates": {
                "adaptationDateTime": moment(base.adaptation_ends),
                "transcriptionDateTime": moment(base.transcription_ends),
            },
            "features": features,
            "chargeForAdaptation": False,
        },
        "lastActionDateTime": moment(base.created),
        "status": "Succeeded",
        "createdDateTime": moment(base.created),
        "locale": base.locale,
        "displayName": base.name,
        "description": base.description,
    }


def custom_model(request: HttpRequest, row: CustomModel) -> Shown:
    """A custom model."""
    here = ("models", row.pk)
    properties = {
        "deprecationDates": {"transcriptionDateTime": moment(row.transcription_ends)},
        "customModelWeightPercent": row.weight_percent,
        "features": _features(),
    }
    return _job(request, "models", row, properties) | {
        "baseModel": {"self": _base_link(request, row.base_model)},
        "datasets": [{"self": link(request, "datasets", one.pk)} for one in row.datasets.all()],
        "links": {name: link(request, *here, name) for name in ("manifest", "files")},
    }


def evaluation(request: HttpRequest, row: Evaluation) -> Shown:
    """An evaluation; before its results rates are -1.0 and counts -1, as the API has it."""
    results = row.results or _pending()
    return _job(request, "evaluations", row, dict(results)) | {
        "model1": {"self": _model_link(request, row.custom_model1, row.base_model1)},
        "model2": {"self": _model_link(request, row.custom_model2, row.base_model2)},
        "dataset": {"self": link(request, "datasets", row.dataset_id)},
        "links": {"files": link(request, "evaluations", row.pk, "files")},
    }


def endpoint(request: HttpRequest, row: Endpoint) -> Shown:
    """An endpoint."""
    return _job(request, "endpoints", row, {"loggingEnabled": False}) | {
        "model": {"self": _model_link(request, row.custom_model, row.base_model)}
    }


def file(request: HttpRequest, collection: str, row: StoredFile) -> Shown:
    """A file with a link to its content that works for a while without a key."""
    return {
        "self": link(request, collection, row.owner, "files", row.pk),
        "name": row.name,
        "kind": row.kind,
        "properties": {"size": row.size},
        "createdDateTime": moment(row.created),
        "links": {"contentUrl": content_url(request, row)},
    }


def _entity(request: HttpRequest, collection: str, row: Entity) -> Shown:
    return {
        "self": link(request, collection, row.pk),
        "createdDateTime": moment(row.created),
        "locale": row.locale,
        "displayName": row.display_name,
        "description": row.description,
        "customProperties": row.custom_properties,
    }


def _job(request: HttpRequest, collection: str, row: Job, properties: Shown) -> Shown:
    if row.error_code:
        properties["error"] = {"code": row.error_code, "message": row.error_message}
    shown = _entity(request, collection, row) | {
        "status": row.status,
        "lastActionDateTime": moment(row.last_action),
        "properties": properties,
    }
    project_id = getattr(row, "project_id", None)
    if project_id:
        shown["project"] = {"self": link(request, "projects", project_id)}
    return shown


def _features() -> Shown:
    return {
        "supportsTranscriptions": True,
        "supportsEndpoints": True,
        "supportsTranscriptionsOnSpeechContainers": False,
        "supportedOutputFormats": ["Lexical"],
    }


def _base_link(request: HttpRequest, name: str) -> str:
    return link(request, "models", "base", base_model_id(release(name)))


def _model_link(request: HttpRequest, custom: CustomModel | None, base: str) -> str:
    return link(request, "models", custom.pk) if custom else _base_link(request, base)


def _pending() -> Shown:
    shown: Shown = {}
    for number in "12":
        shown |= {f"wordErrorRate{number}": -1.0, f"sentenceErrorRate{number}": -1.0}
        for name in ("sentence", "word", "correctWord", "wordSubstitution", "wordDeletion"):
            shown[f"{name}Count{number}"] = -1
        shown[f"wordInsertionCount{number}"] = -1
    return shown
