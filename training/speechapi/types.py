"""What the service answers, as frozen dataclasses. Unknown fields stay in `raw`."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from training.speechapi import fields
from training.speechapi.errors import Garbled
from training.speechapi.fields import Raw
from training.speechapi.figures import results


def last_segment(link: str) -> str:
    """The id inside a link, whose query names the version in newer ones."""
    return link.partition("?")[0].rstrip("/").rpartition("/")[2]


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
        return last_segment(self.self_link)

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
    upload_blocks: str
    list_blocks: str
    commit_blocks: str

    @classmethod
    def _own(cls, raw: Raw) -> dict[str, Any]:
        properties = fields.nested(raw, "properties")
        links = fields.nested(raw, "links")
        return {
            "upload_blocks": fields.text(links, "uploadBlocks"),
            "list_blocks": fields.text(links, "listBlocks"),
            "commit_blocks": fields.text(links, "commitBlocks"),
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
    copy_link: str

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
            "copy_link": fields.text(fields.nested(raw, "links"), "copy"),
        }


TESTING_KIND = "testingKind"


@dataclass(frozen=True)
class Evaluation(Entity):
    """A test. `results1` and `results2` hold rates as fractions and counts, as far as known.

    `testing_kind` is "Evaluation", "Inspection", or "" where its maker did not say.
    """

    model1: str
    model2: str
    dataset: str
    project: str
    transcription1: str
    transcription2: str
    testing_kind: str
    results1: dict[str, float | int]
    results2: dict[str, float | int]

    @classmethod
    def _own(cls, raw: Raw) -> dict[str, Any]:
        properties = fields.nested(raw, "properties")
        references = ("model1", "model2", "dataset", "project", "transcription1", "transcription2")
        return {
            **{name: fields.reference(raw, name) for name in references},
            "testing_kind": fields.text(fields.nested(raw, "customProperties"), TESTING_KIND),
            "results1": results(properties, "1"),
            "results2": results(properties, "2"),
        }


@dataclass(frozen=True)
class Endpoint(Entity):
    """A deployed model. `interactive_link` answers short audio; newer versions do not give it."""

    model: str
    project: str
    logging_enabled: bool | None
    interactive_link: str

    @classmethod
    def _own(cls, raw: Raw) -> dict[str, Any]:
        return {
            "model": fields.reference(raw, "model"),
            "project": fields.reference(raw, "project"),
            "logging_enabled": fields.flag(fields.nested(raw, "properties"), "loggingEnabled"),
            "interactive_link": fields.text(fields.nested(raw, "links"), "restInteractive"),
        }


@dataclass(frozen=True)
class Transcription(Entity):
    """A batch transcription."""

    model: str
    project: str

    @classmethod
    def _own(cls, raw: Raw) -> dict[str, Any]:
        return {
            "model": fields.reference(raw, "model"),
            "project": fields.reference(raw, "project"),
        }


@dataclass(frozen=True)
class WebHook(Entity):
    """A registered address and the events that it wants."""

    web_url: str
    events: frozenset[str]
    ping_link: str
    test_link: str

    @classmethod
    def _own(cls, raw: Raw) -> dict[str, Any]:
        wanted = fields.nested(raw, "events")
        links = _unswapped(fields.nested(raw, "links"))
        return {
            "web_url": fields.text(raw, "webUrl"),
            "events": frozenset(str(name) for name, value in wanted.items() if value is True),
            "ping_link": links.get("ping", ""),
            "test_link": links.get("test", ""),
        }


def _unswapped(links: Raw) -> dict[str, str]:
    """Links by the action in their path: the official example has the two names swapped."""
    found = [value for value in links.values() if isinstance(value, str)]
    return {link.partition("?")[0].rpartition(":")[2]: link for link in found}


@dataclass(frozen=True)
class Blocks:
    """Names and sizes of a dataset's blocks."""

    committed: dict[str, int]
    uncommitted: dict[str, int]

    @classmethod
    def parse(cls, raw: Raw) -> Self:
        """Lists that are absent are empty."""
        return cls(_sizes(raw, "committedBlocks"), _sizes(raw, "uncommittedBlocks"))


def _sizes(raw: Raw, name: str) -> dict[str, int]:
    listed = raw.get(name)
    found = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return {fields.text(one, "name"): fields.count(one, "size") or 0 for one in found}


@dataclass(frozen=True)
class CopyAuthorization:
    """The target's permission for one copy; `raw` is what the source is sent."""

    id: str
    target_resource_id: str
    source_resource_id: str
    ends: datetime | None
    raw: Raw

    @classmethod
    def parse(cls, raw: Raw) -> Self:
        """Raises Garbled when it has no id."""
        if not fields.text(raw, "id"):
            raise Garbled("The service gave an authorization without its id.")
        return cls(
            id=fields.text(raw, "id"),
            target_resource_id=fields.text(raw, "targetResourceId"),
            source_resource_id=fields.text(raw, "sourceResourceId"),
            ends=fields.moment(raw, "expirationDateTime"),
            raw=raw,
        )


@dataclass(frozen=True)
class Operation:
    """A copy under way; `result` is the new model's `self` when it has succeeded."""

    self_link: str
    status: str
    result: str
    error_code: str
    error_message: str
    raw: Raw

    @classmethod
    def parse(cls, raw: Raw) -> Self:
        """Raises Garbled when it has no address."""
        if not fields.text(raw, "self"):
            raise Garbled("The service began a copy without saying where to ask for it.")
        error = fields.nested(raw, "error")
        return cls(
            self_link=fields.text(raw, "self"),
            status=fields.text(raw, "status"),
            result=fields.text(fields.nested(raw, "result"), "link"),
            error_code=fields.text(error, "code"),
            error_message=fields.text(error, "message"),
            raw=raw,
        )


@dataclass(frozen=True)
class Recognition:
    """What was heard in short audio; `text` is "" when nothing was."""

    status: str
    text: str
    duration: timedelta

    @classmethod
    def parse(cls, raw: Raw) -> Self:
        """Reads the simple and the detailed form."""
        best = raw.get("NBest")
        first = best[0] if isinstance(best, list) and best and isinstance(best[0], dict) else {}
        return cls(
            status=fields.text(raw, "RecognitionStatus"),
            text=fields.text(first, "Display") or fields.text(raw, "DisplayText"),
            duration=timedelta(microseconds=(fields.count(raw, "Duration") or 0) / 10),
        )


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
        return last_segment(self.self_link)

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
