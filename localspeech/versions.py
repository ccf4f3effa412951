"""The API's versions that this service answers, told apart by the address.

v3.2 stands in the path, 2025-10-15 in the query.
"""

from dataclasses import dataclass, field
from typing import Any, Protocol

from django.urls import get_script_prefix

PATH_VERSION = "3.2"
QUERY_VERSION = "2025-10-15"
ROOT = "/speechtotext"
_PATH_ROOT = f"{ROOT}/v{PATH_VERSION}"


def version_of(request: "Site") -> str:
    """The version that a request speaks."""
    return PATH_VERSION if request.path_info.startswith(f"{_PATH_ROOT}/") else QUERY_VERSION


def address(version: str, *parts: object, action: str = "") -> str:
    """The path and query of an object or operation; `action` is such as "copy"."""
    path = "/".join(map(str, parts)) + (f":{action}" if action else "")
    if version == PATH_VERSION:
        return f"{_PATH_ROOT}/{path}"
    return f"{ROOT}/{path}?api-version={QUERY_VERSION}"


class Site(Protocol):
    """Where links lead: a request, or what stands in for it when nobody asks."""

    @property
    def path_info(self) -> str:
        """The path that tells the version."""

    @property
    def GET(self) -> Any:  # noqa: N802  # Django's name
        """The query's parameters."""

    def build_absolute_uri(self, location: str | None = ...) -> str:
        """The location on this host."""


def absolute(site: Site, path: str) -> str:
    """A full address of a path of ours, under the sub-path that the product is served at."""
    return site.build_absolute_uri(f"{get_script_prefix().rstrip('/')}{path}")


@dataclass(frozen=True)
class Hosted:
    """A host and version that were noted earlier, for links in events."""

    base_url: str
    version: str
    GET: Any = field(default_factory=dict)

    @property
    def path_info(self) -> str:
        """Any path of the version."""
        return address(self.version).partition("?")[0]

    def build_absolute_uri(self, location: str | None = None) -> str:
        """The location on the noted host."""
        return f"{self.base_url}{location or ''}"
