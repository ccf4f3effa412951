"""How an operation's address looks in each API version."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Version:
    """A version of the API and its address style."""

    name: str
    style: Literal["path", "query"]

    def address(self, path: str) -> str:
        """The address of an operation below the resource's root, `path` without a slash."""
        if self.style == "path":
            return f"speechtotext/v{self.name}/{path}"
        joint = "&" if "?" in path else "?"
        return f"speechtotext/{path}{joint}api-version={self.name}"


VERSIONS = {
    version.name: version for version in (Version("3.2", "path"), Version("2025-10-15", "query"))
}


def spellings(link: str) -> list[str]:
    """The link of an object as each version of the API writes it, its own first."""
    head, found, rest = link.partition("/speechtotext/")
    path = rest.partition("?")[0]
    for version in VERSIONS.values():
        path = path.removeprefix(f"v{version.name}/")
    others = [f"{head}/{version.address(path)}" for version in VERSIONS.values() if found]
    return [link, *(other for other in others if other != link)]
