"""What the service answers, as frozen dataclasses. Unknown fields stay in `raw`."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from training.speechapi import fields
from training.speechapi.errors import Garbled
from training.speechapi.fields import Raw


@dataclass(frozen=True)
class Entity:
    """Common to all objects. `self` names the object; its last segment is the id."""

    self_link: str
    display_name: str
    description: str
    locale: str
    status: str
    created: datetime | None
    last_action: datetime | None
    custom_properties: dict[str, str]
    error_code: str
    error_message: str
    raw: Raw

    @property
    def id(self) -> str:
        """The last segment of `self`."""
        return self.self_link.rstrip("/").rpartition("/")[2]

    @classmethod
    def parse(cls, raw: Any) -> Self:
        """Raises Garbled when it is no object of the API."""
        if not isinstance(raw, dict) or not fields.text(raw, "self"):
            raise Garbled("The service answered without naming the object.")
        return cls(**cls._common(raw), **cls._own(raw))

    @classmethod
    def _common(cls, raw: Raw) -> dict[str, Any]:
        error = fields.nested(fields.nested(raw, "properties"), "error")
        properties = fields.nested(raw, "customProperties")
        return {
            "self_link": fields.text(raw, "self"),
            "display_name": fields.text(raw, "displayName"),
            "description": fields.text(raw, "description"),
            "locale": fields.text(raw, "locale"),
            "status": fields.text(raw, "status"),
            "created": fields.moment(raw, "createdDateTime"),
            "last_action": fields.moment(raw, "lastActionDateTime"),
            "custom_properties": {str(k): str(v) for k, v in properties.items()},
            "error_code": fields.text(error, "code"),
            "error_message": fields.text(error, "message"),
            "raw": raw,
        }

    @classmethod
    def _own(cls, raw: Raw) -> dict[str, Any]:
        return {}


@dataclass(frozen=True)
class Project(Entity):
    """A project; it has no status."""


@dataclass(frozen=True)
class Dataset(Entity):
    """A dataset and what its import found."""

    kind: str
    project: str
    accepted_line_count: int | None
    rejected_line_count: int | None
    duration: timedelta | None

    @classmethod
    def _own(cls, raw: Raw) -> dict[str, Any]:
        properties = fields.nested(raw, "properties")
        return {
            "kind": fields.text(raw, "kind"),
            "project": fields.reference(raw, "project"),
            "accepted_line_count": fields.count(properties, "acceptedLineCount"),
            "rejected_line_count": fields.count(properties, "rejectedLineCount"),
            "duration": fields.duration(properties),
        }


@dataclass(frozen=True)
class BaseModel(Entity):
    """A base model with both of its deadlines."""

    adaptation_ends: datetime | None
    transcription_ends: datetime | None
    charge_for_adaptation: bool | None
    supports_adaptations_with: tuple[str, ...]

    @classmethod
    def _own(cls, raw: Raw) -> dict[str, Any]:
        properties = fields.nested(raw, "properties")
        dates = fields.nested(properties, "deprecationDates")
        features = fields.nested(properties, "features")
        return {
            "adaptation_ends": fields.moment(dates, "adaptationDateTime"),
            "transcription_ends": fields.moment(dates, "transcriptionDateTime"),
            "charge_for_adaptation": fields.flag(properties, "chargeForAdaptation"),
            "supports_adaptations_with": fields.words(features, "supportsAdaptationsWith"),
        }


@dataclass(frozen=True)
class CustomModel(Entity):
    """A custom model. It can be used until `transcription_ends`; it is never a base."""

    base_model: str
    datasets: tuple[str, ...]
    project: str
    weight_percent: int | None
    transcription_ends: datetime | None

    @classmethod
    def _own(cls, raw: Raw) -> dict[str, Any]:
        properties = fields.nested(raw, "properties")
        listed = raw.get("datasets")
        datasets = listed if isinstance(listed, list) else []
        return {
            "base_model": fields.reference(raw, "baseModel"),
            "datasets": tuple(fields.text(d, "self") for d in datasets if isinstance(d, dict)),
            "project": fields.reference(raw, "project"),
            "weight_percent": fields.count(properties, "customModelWeightPercent"),
            "transcription_ends": fields.moment(
                fields.nested(properties, "deprecationDates"), "transcriptionDateTime"
            ),
        }


_COUNTS = {
    "word_count": "wordCount",
    "correct_count": "correctWordCount",
    "substitution_count": "wordSubstitutionCount",
    "deletion_count": "wordDeletionCount",
    "insertion_count": "wordInsertionCount",
    "sentence_count": "sentenceCount",
}


@dataclass(frozen=True)
class Evaluation(Entity):
    """A test. `results1` and `results2` hold rates as fractions and counts, as far as known."""

    model1: str
    model2: str
    dataset: str
    project: str
    results1: dict[str, float | int]
    results2: dict[str, float | int]

    @classmethod
    def _own(cls, raw: Raw) -> dict[str, Any]:
        properties = fields.nested(raw, "properties")
        return {
            "model1": fields.reference(raw, "model1"),
            "model2": fields.reference(raw, "model2"),
            "dataset": fields.reference(raw, "dataset"),
            "project": fields.reference(raw, "project"),
            "results1": _results(properties, "1"),
            "results2": _results(properties, "2"),
        }


def _results(properties: Raw, number: str) -> dict[str, float | int]:
    found: dict[str, float | int | None] = {
        "word_error_rate": fields.rate(properties, f"wordErrorRate{number}"),
        "sentence_error_rate": fields.rate(properties, f"sentenceErrorRate{number}"),
    }
    found |= {ours: fields.count(properties, api + number) for ours, api in _COUNTS.items()}
    return {name: value for name, value in found.items() if value is not None}


@dataclass(frozen=True)
class Endpoint(Entity):
    """A deployed model."""

    model: str
    project: str

    @classmethod
    def _own(cls, raw: Raw) -> dict[str, Any]:
        return {
            "model": fields.reference(raw, "model"),
            "project": fields.reference(raw, "project"),
        }


@dataclass(frozen=True)
class File:
    """A file of a dataset, model or evaluation; `size` in bytes."""

    self_link: str
    name: str
    kind: str
    size: int | None
    content_url: str

    @property
    def id(self) -> str:
        """The last segment of `self`."""
        return self.self_link.rstrip("/").rpartition("/")[2]

    @classmethod
    def parse(cls, raw: Any) -> Self:
        """Raises Garbled when it is no file."""
        if not isinstance(raw, dict):
            raise Garbled("The service listed a file without its fields.")
        return cls(
            self_link=fields.text(raw, "self"),
            name=fields.text(raw, "name"),
            kind=fields.text(raw, "kind"),
            size=fields.count(fields.nested(raw, "properties"), "size"),
            content_url=fields.text(fields.nested(raw, "links"), "contentUrl"),
        )
