"""What every kind of object has in common: reading, listing, changing, deleting, its files."""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any, Self, TypeVar
from urllib.parse import quote

import requests

from training.speechapi import types
from training.speechapi.errors import Garbled
from training.speechapi.session import SpeechSession, retry_after
from training.speechapi.versions import VERSIONS

E = TypeVar("E", bound=types.Entity)
_PAGE_SIZE = 100
_MOST_PAGES = 1000
_FILE_LINK_MINUTES = 60


class Operations:
    """A connection to one resource. Every method raises a SpeechApiError when it fails.

    `before_each_call` may wait, or raise a SpeechApiError, to keep the resource's quota.
    `wished_pause` is the longest Retry-After, in seconds, among the answers so far.
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
        return f"{type(self).__name__}({self._session!r}, {self._version.name})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def link(self, collection: str, key: str) -> str:
        """The link of an object of a collection ("models", "models/base", ...) by its ID."""
        return self._session.absolute(self._version.address(f"{collection}/{key}"))

    def get(self, kind: type[E], self_link: str) -> E:
        """One object by its `self`."""
        return kind.parse(self._json("GET", self_link))

    def update(self, kind: type[E], self_link: str, **changes: Any) -> E:
        """Change an object; the names are the API's, in snake case (`display_name="New"`).

        `project` and `model` are `self` links. What is not named stays as it is.
        """
        body = {_camel(name): value for name, value in changes.items()}
        for name in ("project", "model"):
            if name in body:
                body[name] = {"self": body[name]}
        return kind.parse(self._json("PATCH", self_link, json=body))

    def delete(self, self_link: str) -> None:
        """Delete an object; one that is gone already is no error."""
        self._session.send("DELETE", self_link)

    def cancel(self, kind: type[E], self_link: str) -> E:
        """End a training or a test before it has finished; `localspeech` alone can."""
        return kind.parse(self._json("POST", action(self_link, "cancel")))

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

    def files(
        self, self_link: str, files_link: str = "", most: int | None = None
    ) -> list[types.File]:
        """The (first) files of an object; `files_link` is the service's own link, if any."""
        listed = self._pages(files_link or below(self_link, "files"))
        return [types.File.parse(raw) for raw in islice(listed, most)]

    def file(self, self_link: str, file_id: str, files_link: str = "") -> types.File:
        """One file of an object."""
        address = below(files_link or below(self_link, "files"), file_id)
        return types.File.parse(self._json("GET", address))

    def manifest(self, self_link: str) -> Mapping[str, Any]:
        """A model's manifest as the service gives it; its links work for an hour."""
        address = below(self_link, "manifest")
        if self._version.style == "query":
            address += f"&sasLifetimeMinutes={_FILE_LINK_MINUTES}"
        manifest: Mapping[str, Any] = self._json("GET", address)
        return manifest

    def content(self, file: types.File) -> requests.Response:
        """The content of a file as an open stream; close it."""
        return self._session.download(file.content_url)

    def _create(self, path: str, kind: type[E], body: Mapping[str, Any]) -> E:
        return kind.parse(self._json("POST", self._version.address(path), json=body))

    def _json(self, method: str, address: str, **options: Any) -> Any:
        body, response = self._session.json(method, address, **options)
        self._note_pause(response)
        return body

    def _list(self, path: str, kind: type[E], query: str) -> Iterator[E]:
        parameters: dict[str, Any] = {"top": _PAGE_SIZE}
        if query:
            parameters["filter"] = query
        for raw in self._pages(self._version.address(path), parameters):
            yield kind.parse(raw)

    def _pages(self, address: str, parameters: Mapping[str, Any] | None = None) -> Iterator[Any]:
        seen: set[str] = set()
        following: str | None = address
        while following and following not in seen and len(seen) < _MOST_PAGES:
            seen.add(following)
            body = self._json("GET", following, params=parameters)
            values = body.get("values")
            if not isinstance(values, list):
                raise Garbled("The service answered a list without its values.")
            yield from values
            following, parameters = body.get("@nextLink"), None

    def _note_pause(self, response: requests.Response) -> None:
        wish = retry_after(response)
        if wish is not None:
            self.wished_pause = max(wish, self.wished_pause or 0)


def below(self_link: str, name: str) -> str:
    """The address of a part of an object, in the style of the object's own."""
    path, mark, query = self_link.partition("?")
    return f"{path.rstrip('/')}/{name}{mark}{query}"


def action(self_link: str, name: str) -> str:
    """The address of something to be done with an object."""
    path, mark, query = self_link.partition("?")
    return f"{path.rstrip('/')}:{name}{mark}{query}"


def with_query(address: str, name: str, value: str) -> str:
    """The address with one more parameter."""
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}{name}={quote(value, safe='')}"


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)
