"""Bodies that clients send, in the API's names."""

from typing import Annotated

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

Name = Annotated[str, StringConstraints(min_length=1, max_length=400, strip_whitespace=True)]
PropertyKey = Annotated[str, StringConstraints(min_length=1, max_length=64)]
PropertyValue = Annotated[str, StringConstraints(max_length=256)]
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
    description: str = ""
    custom_properties: Properties = {}
    project: Reference | None = None


class ProjectIn(Common):
    """A new project."""


class DatasetIn(Common):
    """A new dataset with the address of its content."""

    kind: str
    content_url: str = ""


class ModelProperties(Body):
    """Settings of a training."""

    custom_model_weight_percent: Annotated[int, Field(ge=1, le=100)] | None = None


class ModelIn(Common):
    """A new custom model."""

    base_model: Reference | None = None
    datasets: list[Reference] = []
    properties: ModelProperties = ModelProperties()


class EvaluationIn(Common):
    """A new evaluation."""

    model1: Reference
    model2: Reference
    dataset: Reference


class Patch(Body):
    """What may be changed later; absent fields stay."""

    display_name: Name | None = None
    description: str | None = None
    custom_properties: Properties | None = None
    project: Reference | None = None
