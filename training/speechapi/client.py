"""One method for each operation of the Speech to text REST API that the dashboard needs."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import IO, Any, Self, TypeVar

import requests

from training.speechapi import types
from training.speechapi.errors import Garbled
from training.speechapi.forms import MultipartForm
from training.speechapi.session import SpeechSession, retry_after
from training.speechapi.versions import VERSIONS

E = TypeVar("E", bound=types.Entity)
_PAGE_SIZE = 100
_MOST_PAGES = 1000


class SpeechClient:
    """A connection to one resource. Every method raises a SpeechApiError when it fails.

    `before_each_call` may wait, or raise a SpeechApiError, to keep the resource's quota.
    `wished_pause` is the longest Retry-After, in seconds, among the lists read so far.
    """

    def __init__(
        self,
        base_url: str,
        key: str,
        api_version: str = "3.2",
        before_each_call: Callable[[], None] | None = None,
    ) -> None:
        self._session = SpeechSession(base_url, key, before_each_call)
        self._version = VERSIONS[api_version]
        self.wished_pause: float | None = None

    def __repr__(self) -> str:
        return f"SpeechClient({self._session!r}, {self._version.name})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def projects(self, query: str = "") -> Iterator[types.Project]:
        """All projects that match the filter."""
        return self._list("projects", types.Project, query)

    def datasets(self, query: str = "") -> Iterator[types.Dataset]:
        """All datasets that match the filter."""
        return self._list("datasets", types.Dataset, query)

    def base_models(self, query: str = "") -> Iterator[types.BaseModel]:
        """All base models that match the filter."""
        return self._list("models/base", types.BaseModel, query)

    def models(self, query: str = "") -> Iterator[types.CustomModel]:
        """All custom models that match the filter."""
        return self._list("models", types.CustomModel, query)

    def evaluations(self, query: str = "") -> Iterator[types.Evaluation]:
        """All evaluations that match the filter."""
        return self._list("evaluations", types.Evaluation, query)

    def endpoints(self, query: str = "") -> Iterator[types.Endpoint]:
        """All endpoints that match the filter."""
        return self._list("endpoints", types.Endpoint, query)

    def get(self, kind: type[E], self_link: str) -> E:
        """One object by its `self`."""
        return kind.parse(self._session.json("GET", self_link)[0])

    def delete(self, self_link: str) -> None:
        """Delete an object; one that is gone already is no error."""
        self._session.send("DELETE", self_link)

    def create_project(
        self, display_name: str, locale: str, description: str, properties: Mapping[str, str]
    ) -> types.Project:
        """Create a project."""
        body = _body(display_name, locale, description, properties)
        return self._create("projects", types.Project, body)

    def create_dataset(
        self,
        kind: str,
        display_name: str,
        locale: str,
        description: str,
        project: str,
        content_url: str,
        properties: Mapping[str, str],
    ) -> types.Dataset:
        """Create a dataset that the service fetches from a URL."""
        body = _body(display_name, locale, description, properties, project)
        return self._create(
            "datasets", types.Dataset, body | {"kind": kind, "contentUrl": content_url}
        )

    def upload_dataset(
        self,
        kind: str,
        display_name: str,
        locale: str,
        description: str,
        project: str,
        file_name: str,
        file: IO[bytes],
        properties: Mapping[str, str],
    ) -> types.Dataset:
        """Create a dataset from a file, which is streamed (v3.2 only)."""
        values = {
            "displayName": display_name,
            "locale": locale,
            "kind": kind,
            "description": description,
            "project": json.dumps({"self": project}),
            "customProperties": json.dumps(dict(properties)),
        }
        form = MultipartForm(values, "data", file_name, file)
        body, _ = self._session.json(
            "POST",
            self._version.address("datasets/upload"),
            data=form,
            headers={"Content-Type": form.content_type, "Content-Length": str(len(form))},
        )
        return types.Dataset.parse(body)

    def create_model(
        self,
        display_name: str,
        locale: str,
        description: str,
        project: str,
        base_model: str,
        datasets: Sequence[str],
        weight_percent: int | None,
        properties: Mapping[str, str],
    ) -> types.CustomModel:
        """Start a training."""
        body = _body(display_name, locale, description, properties, project)
        body["datasets"] = [{"self": dataset} for dataset in datasets]
        if base_model:
            body["baseModel"] = {"self": base_model}
        if weight_percent is not None:
            body["properties"] = {"customModelWeightPercent": weight_percent}
        return self._create("models", types.CustomModel, body)

    def create_evaluation(
        self,
        display_name: str,
        locale: str,
        description: str,
        project: str,
        dataset: str,
        model1: str,
        model2: str,
        properties: Mapping[str, str],
    ) -> types.Evaluation:
        """Start a test."""
        body = _body(
            display_name,
            locale,
            description,
            {**properties, "testingKind": "Evaluation"},
            project,
        )
        for name, link in (("dataset", dataset), ("model1", model1), ("model2", model2)):
            body[name] = {"self": link}
        return self._create("evaluations", types.Evaluation, body)

    def locales(self, collection: str) -> list[str]:
        """Locales that a collection ("projects", "models", ...) allows.

        Most answer a list; datasets answer the kinds under each locale.
        """
        answer = self._session.send("GET", self._version.address(f"{collection}/locales"))
        try:
            body = answer.json()
        except ValueError as error:
            raise Garbled("The service's list of locales could not be read.") from error
        return sorted({str(locale) for locale in body})

    def files(self, self_link: str) -> list[types.File]:
        """The files of a dataset, model or evaluation."""
        return [types.File.parse(raw) for raw in self._pages(_below(self_link, "files"))]

    def manifest(self, self_link: str) -> Mapping[str, Any]:
        """A model's manifest as the service gives it."""
        manifest: Mapping[str, Any] = self._session.json("GET", _below(self_link, "manifest"))[0]
        return manifest

    def content(self, file: types.File) -> requests.Response:
        """The content of a file as an open stream; close it."""
        return self._session.download(file.content_url)

    def _create(self, path: str, kind: type[E], body: Mapping[str, Any]) -> E:
        return kind.parse(self._session.json("POST", self._version.address(path), json=body)[0])

    def _list(self, path: str, kind: type[E], query: str) -> Iterator[E]:
        address = self._version.address(path)
        parameters: dict[str, Any] = {"top": _PAGE_SIZE}
        if query:
            parameters["filter"] = query
        for raw in self._pages(address, parameters):
            yield kind.parse(raw)

    def _pages(self, address: str, parameters: Mapping[str, Any] | None = None) -> Iterator[Any]:
        seen: set[str] = set()
        following: str | None = address
        while following and following not in seen and len(seen) < _MOST_PAGES:
            seen.add(following)
            body, response = self._session.json("GET", following, params=parameters)
            self._note_pause(response)
            values = body.get("values")
            if not isinstance(values, list):
                raise Garbled("The service answered a list without its values.")
            yield from values
            following, parameters = body.get("@nextLink"), None

    def _note_pause(self, response: requests.Response) -> None:
        wish = retry_after(response)
        if wish is not None:
            self.wished_pause = max(wish, self.wished_pause or 0)


def created_since(moment: datetime) -> str:
    """A filter for objects created at or after a moment."""
    return f"createdDateTime ge {moment.strftime('%Y-%m-%dT%H:%M:%SZ')}"


def _below(self_link: str, name: str) -> str:
    path, mark, query = self_link.partition("?")
    return f"{path.rstrip('/')}/{name}{mark}{query}"


def _body(
    display_name: str,
    locale: str,
    description: str,
    properties: Mapping[str, str],
    project: str = "",
) -> dict[str, Any]:
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
