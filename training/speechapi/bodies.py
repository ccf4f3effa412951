"""Bodies of the requests that create objects."""

from collections.abc import Mapping, Sequence
from typing import Any

from training.speechapi.types import TESTING_KIND


def named(
    display_name: str,
    locale: str,
    description: str,
    properties: Mapping[str, str],
    project: str = "",
) -> dict[str, Any]:
    """What every create sends; `project` is a `self` link."""
    body: dict[str, Any] = {
        "displayName": display_name,
        "locale": locale,
        "customProperties": dict(properties),
    }
    if description:
        body["description"] = description
    if project:
        body["project"] = {"self": project}
    return body


def model(
    display_name: str,
    locale: str,
    description: str,
    project: str,
    base_model: str,
    datasets: Sequence[str],
    weight_percent: int | None,
    properties: Mapping[str, str],
) -> dict[str, Any]:
    """A training; links are `self` links, and an empty base model is the service's choice."""
    body = named(display_name, locale, description, properties, project)
    body["datasets"] = [{"self": dataset} for dataset in datasets]
    if base_model:
        body["baseModel"] = {"self": base_model}
    if weight_percent is not None:
        body["properties"] = {"customModelWeightPercent": weight_percent}
    return body


def evaluation(
    display_name: str,
    locale: str,
    description: str,
    project: str,
    dataset: str,
    model1: str,
    model2: str,
    testing_kind: str,
    properties: Mapping[str, str],
) -> dict[str, Any]:
    """A test; `testing_kind` is "Evaluation" for accuracy, "Inspection" otherwise."""
    kind = {**properties, TESTING_KIND: testing_kind}
    body = named(display_name, locale, description, kind, project)
    for name, link in (("dataset", dataset), ("model1", model1), ("model2", model2)):
        body[name] = {"self": link}
    return body


def dataset(
    kind: str,
    display_name: str,
    locale: str,
    description: str,
    project: str,
    content_url: str,
    properties: Mapping[str, str],
) -> dict[str, Any]:
    """A dataset that the service fetches, or that waits for blocks."""
    body = named(display_name, locale, description, properties, project) | {"kind": kind}
    if content_url:
        body["contentUrl"] = content_url
    return body
