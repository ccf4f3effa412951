"""Objects as the API shows them."""

from datetime import UTC, datetime
from typing import Any

from localspeech.content import content_url
from localspeech.engine.releases import BaseModelRelease, release
from localspeech.links import base_model_id, link
from localspeech.models import (
    UNDECIDED,
    CustomModel,
    Dataset,
    Endpoint,
    Entity,
    Evaluation,
    Job,
    Project,
    StoredFile,
    Transcription,
)
from localspeech.offers import described
from localspeech.progress import told
from localspeech.versions import PATH_VERSION, Site, absolute, version_of

Shown = dict[str, Any]


def moment(value: datetime) -> str:
    """A date-time in UTC, to the second."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def project(request: Site, row: Project) -> Shown:
    """A project with the addresses and numbers of what it holds."""
    here = ("projects", row.pk)
    parts = ("datasets", "models", "evaluations", "endpoints", "transcriptions")
    counts = {
        "datasetCount": row.datasets.count(),
        "modelCount": row.models.count(),
        "evaluationCount": row.evaluations.count(),
        "endpointCount": row.endpoints.count(),
        "transcriptionCount": row.transcriptions.count(),
    }
    links = {part: link(request, *here, part) for part in parts}
    return _entity(request, "projects", row) | {"links": links, "properties": counts}


def dataset(request: Site, row: Dataset) -> Shown:
    """A dataset with what its import found."""
    properties: Shown = {"textNormalizationKind": "Default"}
    if row.accepted_line_count is not None:
        properties["acceptedLineCount"] = row.accepted_line_count
        properties["rejectedLineCount"] = row.rejected_line_count
    if row.duration_seconds is not None:
        properties |= _duration(request, row.duration_seconds)
    links = {"files": link(request, "datasets", row.pk, "files")}
    if row.awaits_blocks:
        blocks = link(request, "datasets", row.pk, "blocks")
        commit = link(request, "datasets", row.pk, "blocks", action="commit")
        links |= {"uploadBlocks": blocks, "listBlocks": blocks, "commitBlocks": commit}
    shown = _job(request, "datasets", row, properties) | {
        "kind": row.kind,
        "links": links,
    }
    if row.content_url:
        shown["contentUrl"] = row.content_url
    return shown


def base_model(request: Site, base: BaseModelRelease) -> Shown:
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
        "description": described(base),
    }


def custom_model(request: Site, row: CustomModel) -> Shown:
    """A custom model; how its training goes or went stands among the custom properties."""
    here = ("models", row.pk)
    properties: Shown = {
        "deprecationDates": {"transcriptionDateTime": moment(row.transcription_ends)},
        "features": _features(),
    }
    if row.weight_percent != UNDECIDED:
        properties["customModelWeightPercent"] = row.weight_percent
    return _job(request, "models", row, properties) | {
        "customProperties": told(row),
        "baseModel": {"self": _base_link(request, row.base_model)},
        "datasets": [{"self": link(request, "datasets", one.pk)} for one in row.datasets.all()],
        "links": {
            "copy": link(request, *here, action="copy"),
            **{name: link(request, *here, name) for name in ("manifest", "files")},
        },
    }


def evaluation(request: Site, row: Evaluation) -> Shown:
    """An evaluation; without results rates are -1.0 and counts -1, as the API has it."""
    results = row.results or _pending()
    return _job(request, "evaluations", row, dict(results)) | {
        "model1": {"self": _model_link(request, row.custom_model1, row.base_model1)},
        "model2": {"self": _model_link(request, row.custom_model2, row.base_model2)},
        "dataset": {"self": link(request, "datasets", row.dataset_id)},
        "links": {"files": link(request, "evaluations", row.pk, "files")},
    }


def endpoint(request: Site, row: Endpoint) -> Shown:
    """An endpoint with the addresses that recognise short audio."""
    properties: Shown = {"loggingEnabled": row.logging_enabled}
    if row.time_to_live_seconds and version_of(request) == PATH_VERSION:
        properties["timeToLive"] = f"PT{row.time_to_live_seconds}S"
    links = {
        f"rest{mode.capitalize()}": absolute(
            request, f"/speech/recognition/{mode}/cognitiveservices/v1?cid={row.pk}"
        )
        for mode in ("interactive", "conversation", "dictation")
    }
    if version_of(request) == PATH_VERSION:
        links["logs"] = link(request, "endpoints", row.pk, "files", "logs")
    return _job(request, "endpoints", row, properties) | {
        "model": {"self": _model_link(request, row.custom_model, row.base_model)},
        "links": links,
    }


def transcription(request: Site, row: Transcription) -> Shown:
    """A batch transcription; where its audio came from is not shown, as the API has it."""
    properties: Shown = {
        "wordLevelTimestampsEnabled": row.word_level_timestamps,
        "channels": [0],
        "punctuationMode": "None",
        "profanityFilterMode": "None",
    }
    if row.duration_seconds is not None:
        properties |= _duration(request, row.duration_seconds)
    if row.time_to_live_seconds:
        properties["timeToLive"] = f"PT{row.time_to_live_seconds}S"
    shown = _job(request, "transcriptions", row, properties) | {
        "model": {"self": _model_link(request, row.custom_model, row.base_model)},
        "links": {"files": link(request, "transcriptions", row.pk, "files")},
    }
    if row.dataset_id:
        shown["dataset"] = {"self": link(request, "datasets", row.dataset_id)}
    return shown


def file(request: Site, collection: str, row: StoredFile, *more: str) -> Shown:
    """A file with a link to its content that works for a while without a key."""
    return {
        "self": link(request, collection, row.owner, "files", *more, row.pk),
        "name": row.name,
        "kind": row.kind,
        "properties": {"size": row.size},
        "createdDateTime": moment(row.created),
        "links": {"contentUrl": content_url(request, row)},
    }


def _entity(request: Site, collection: str, row: Entity) -> Shown:
    return {
        "self": link(request, collection, row.pk),
        "createdDateTime": moment(row.created),
        "locale": row.locale,
        "displayName": row.display_name,
        "description": row.description,
        "customProperties": row.custom_properties,
    }


def _job(request: Site, collection: str, row: Job, properties: Shown) -> Shown:
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


def _duration(request: Site, seconds: float) -> Shown:
    if version_of(request) == PATH_VERSION:
        return {"duration": f"PT{seconds:.2f}S"}
    return {"durationMilliseconds": round(seconds * 1000)}


def _features() -> Shown:
    return {
        "supportsTranscriptions": True,
        "supportsEndpoints": True,
        "supportsTranscriptionsOnSpeechContainers": False,
        "supportedOutputFormats": ["Lexical"],
    }


def _base_link(request: Site, name: str) -> str:
    return link(request, "models", "base", base_model_id(release(name)))


def _model_link(request: Site, custom: CustomModel | None, base: str) -> str:
    return link(request, "models", custom.pk) if custom else _base_link(request, base)


def _pending() -> Shown:
    shown: Shown = {}
    for number in "12":
        shown |= {f"wordErrorRate{number}": -1.0, f"sentenceErrorRate{number}": -1.0}
        for name in ("sentence", "word", "correctWord", "wordSubstitution", "wordDeletion"):
            shown[f"{name}Count{number}"] = -1
        shown[f"wordInsertionCount{number}"] = -1
    return shown
