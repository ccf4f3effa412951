"""What each verb does: one or two calls, and the object as the API answers it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from training.csr.kinds import NOUNS, Noun
from training.csr.problems import Usage
from training.models import Resource
from training.speechapi import types
from training.speechapi.client import SpeechClient
from training.speechapi.errors import NotFound

_NONE: Mapping[str, str] = {}


@dataclass(frozen=True)
class Call:
    """A command with the connection that it goes over."""

    client: SpeechClient
    resource: Resource
    noun: Noun
    options: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.options[name]

    def link(self, name: str, collection: str = "") -> str:
        """The link that an option names by an ID or an address; "" when it was not given."""
        key = self.options.get(name) or ""
        if not key or "/" in key:
            return str(key)
        return self.client.link(collection or NOUNS[name].collection, key)

    def model_link(self, name: str) -> str:
        """The link of a custom or base model; an ID is looked up among both."""
        key = self.options.get(name) or ""
        if not key or "/" in key:
            return str(key)
        custom = self.client.link("models", key)
        try:
            return self.client.get(types.CustomModel, custom).self_link
        except NotFound:
            return self.client.link("models/base", key)

    @property
    def common(self) -> tuple[str, str, str, str]:
        """Name, locale, description and project of what is created."""
        project = self.link("project") if "project" in self.options else ""
        return self["name"], self["language"], self["description"] or "", project


def create_project(call: Call) -> types.Entity:
    """`project create`."""
    return call.client.create_project(*call.common[:3], _NONE)


def create_model(call: Call) -> types.Entity:
    """`model create`."""
    named = [*call["dataset"], *call["datasets"]]
    keys = [key for text in named for key in text.replace(";", ",").split(",") if key]
    datasets = [key if "/" in key else call.client.link("datasets", key) for key in keys]
    if not datasets:
        raise Usage("Name at least one dataset: --dataset ID, or --datasets ID ID.")
    base = call.link("base", "models/base")
    return call.client.create_model(*call.common, base, datasets, call["weight"], _NONE)


def create_dataset(call: Call) -> types.Entity:
    """`dataset create`, from an address."""
    return call.client.create_dataset(call["kind"], *call.common, call["content"], _NONE)


def upload_dataset(call: Call) -> types.Entity:
    """`dataset upload`, from a file."""
    path = call["data"]
    try:
        file = path.open("rb")
    except OSError as error:
        raise Usage(f"{path}: {error.strerror}.") from None
    with file:
        if call.client.takes_forms:
            return call.client.upload_dataset(call["kind"], *call.common, path.name, file, _NONE)
        made = call.client.create_dataset(call["kind"], *call.common, "", _NONE)
        return call.client.send_in_blocks(made, file)


def create_evaluation(call: Call) -> types.Entity:
    """`evaluation create`; one model is given to the API twice."""
    first = call.model_link("model1")
    second = call.model_link("model2") or first
    dataset = call.link("dataset")
    return call.client.create_evaluation(*call.common, dataset, first, second, call["kind"], _NONE)


def create_endpoint(call: Call) -> types.Entity:
    """`endpoint create`."""
    model = call.model_link("model")
    return call.client.create_endpoint(*call.common, model, call["logging"], _NONE)


def listed(call: Call) -> list[types.Entity]:
    """`list`, all pages together."""
    is_base = bool(call.options.get("base"))
    name = "base_models" if is_base else call.noun.collection
    found: list[types.Entity] = list(getattr(call.client, name)())
    project = call.link("project") if call.options.get("project") else ""
    if not project:
        return found
    wanted = types.last_segment(project)
    return [one for one in found if types.last_segment(getattr(one, "project", "")) == wanted]


def status(call: Call) -> types.Entity:
    """`status`."""
    return call.client.get(call.noun.entity, call.link(call.noun.word))


def update(call: Call) -> types.Entity:
    """`update`: what is named is changed, the rest stays."""
    changes: dict[str, Any] = {}
    if call["name"] is not None:
        changes["display_name"] = call["name"]
    if call["description"] is not None:
        changes["description"] = call["description"]
    if call.noun.word != "project" and call["project"]:
        changes["project"] = call.link("project")
    if call.noun.word == "endpoint" and call["model"]:
        changes["model"] = call.model_link("model")
    if not changes:
        raise Usage("Name what to change, for example --name or --description.")
    return call.client.update(call.noun.entity, call.link(call.noun.word), **changes)


def delete(call: Call) -> None:
    """`delete`; what is gone already is no error."""
    call.client.delete(call.link(call.noun.word))


CREATE: dict[str, Callable[[Call], types.Entity]] = {
    "project": create_project,
    "model": create_model,
    "dataset": create_dataset,
    "evaluation": create_evaluation,
    "endpoint": create_endpoint,
}
