"""Bodies that clients send, in the API's names."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel


def _storable(text: str) -> str:
    """A database takes neither the null character nor half of a surrogate pair."""
    if "\0" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise ValueError("it holds a character that cannot be stored")
    return text


Text = Annotated[str, AfterValidator(_storable)]
Name = Annotated[Text, StringConstraints(min_length=1, max_length=400, strip_whitespace=True)]
PropertyKey = Annotated[Text, StringConstraints(min_length=1, max_length=64)]
PropertyValue = Annotated[Text, StringConstraints(max_length=256)]
Address = Annotated[Text, StringConstraints(max_length=2000)]
Properties = Annotated[dict[PropertyKey, PropertyValue], Field(max_length=10)]


class Body(Schema):
    """Unknown fields are ignored, as the service does."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class Reference(Schema):
    """A link to another object."""

    self: str


class Common(Body):
    """What every create sends."""

    display_name: Name
    locale: str
    description: Text = ""
    custom_properties: Properties = {}
    project: Reference | None = None


class ProjectIn(Common):
    """A new project."""


class DatasetIn(Common):
    """A new dataset with the address of its content."""

    kind: str
    content_url: Address = ""


class ModelProperties(Body):
    """Settings of a training."""

    custom_model_weight_percent: Annotated[int, Field(ge=1, le=100)] | None = None


class ModelIn(Common):
    """A new custom model."""

    base_model: Reference | None = None
    datasets: list[Reference] = []
    text: Annotated[Text, StringConstraints(max_length=500_000)] = ""
    properties: ModelProperties = ModelProperties()


class EvaluationIn(Common):
    """A new evaluation."""

    model1: Reference
    model2: Reference
    dataset: Reference


class EndpointProperties(Body):
    """Settings of a deployment."""

    logging_enabled: bool = False
    time_to_live: str = ""


class EndpointIn(Common):
    """A new endpoint; without a model the newest base model answers."""

    model: Reference | None = None
    text: str = ""
    properties: EndpointProperties = EndpointProperties()


class TranscriptionProperties(Body):
    """Settings of a batch transcription. What the engine cannot do is refused by name."""

    word_level_timestamps_enabled: bool = False
    display_form_word_level_timestamps_enabled: bool = False
    diarization_enabled: bool = False
    diarization: dict[str, Any] | None = None
    language_identification: dict[str, Any] | None = None
    destination_container_url: str | None = None
    time_to_live: str = ""
    time_to_live_hours: Annotated[int, Field(ge=0, le=744)] = 0


class TranscriptionIn(Common):
    """A new batch transcription: addresses or a dataset."""

    content_urls: list[Text] = []
    content_container_url: str | None = None
    dataset: Reference | None = None
    model: Reference | None = None
    properties: TranscriptionProperties = TranscriptionProperties()


class BlockEntry(Body):
    """A block that the dataset's file is put together from."""

    kind: Literal["Committed", "Uncommitted", "Latest"] = "Latest"
    id: str


class CopyDefinition(Body):
    """Which resource a model will come from."""

    source_resource_id: Annotated[Text, StringConstraints(min_length=1, max_length=400)]


class CopyOrder(CopyDefinition):
    """A permission that the target gave."""

    id: UUID
    target_resource_region: str
    target_resource_id: str
    target_resource_endpoint: str
    expiration_date_time: datetime


class HookProperties(Body):
    """Settings of a web hook."""

    secret: Annotated[Text, StringConstraints(max_length=400)] = ""


class HookIn(Body):
    """A new web hook."""

    display_name: Name
    description: Text = ""
    custom_properties: Properties = {}
    web_url: Address
    events: dict[str, bool]
    properties: HookProperties = HookProperties()


class HookPatch(Body):
    """What may be changed of a web hook; without a secret it is signed no more."""

    display_name: Name | None = None
    description: Text | None = None
    custom_properties: Properties | None = None
    web_url: Address | None = None
    events: dict[str, bool] | None = None
    properties: HookProperties = HookProperties()


class Patch(Body):
    """What may be changed later; absent fields stay."""

    display_name: Name | None = None
    description: Text | None = None
    custom_properties: Properties | None = None
    project: Reference | None = None


class EndpointPropertiesPatch(Body):
    """Logging has another name here than on creation, as the API has it."""

    content_logging_enabled: bool | None = None


class EndpointPatch(Patch):
    """What may be changed of an endpoint."""

    model: Reference | None = None
    properties: EndpointPropertiesPatch | None = None
