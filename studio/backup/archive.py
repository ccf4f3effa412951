"""The file: a tar whose last member lists every other with size and checksum."""

import hashlib
import json
import re
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from studio.backup import Refused

MANIFEST = "manifest.json"
FORMAT = 1
_NAME = re.compile(
    r"database/[a-z_]+\.[a-z0-9_]+/\d{6}\.jsonl|files/(uploads|localspeech)/.+|secrets/[a-z_]+"
)
_PIECE = 1024 * 1024


class Writer:
    """Writes members one after the other; nothing is held but their names and checksums."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._tar = tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115
        self.members: dict[str, dict[str, Any]] = {}

    def add(self, name: str, content: IO[bytes], size: int) -> None:
        """Write `size` bytes of a file. Raises OSError when it holds fewer."""
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = size, 0o600, int(time.time())
        reader = _Counting(content)
        self._tar.addfile(info, reader)
        self.members[name] = {"size": size, "sha256": reader.digest.hexdigest()}

    def finish(self, facts: dict[str, Any]) -> None:
        """Write the manifest and the end of the archive."""
        manifest = {"format": FORMAT, **facts, "members": self.members}
        manifest["seal"] = _seal(manifest)
        text = json.dumps(manifest, indent=1).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mode, info.mtime = len(text), 0o600, int(time.time())
        self._tar.addfile(info, _Counting.of(text))
        self._tar.close()


class _Counting:
    """Hands a file on and notes its checksum."""

    def __init__(self, content: IO[bytes]) -> None:
        self._content = content
        self.digest = hashlib.sha256()

    @classmethod
    def of(cls, data: bytes) -> "_Counting":
        from io import BytesIO

        return cls(BytesIO(data))

    def read(self, size: int = -1) -> bytes:
        piece = self._content.read(size)
        self.digest.update(piece)
        return piece


def members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Name and content of each member, in their order. Raises Refused for what is no archive."""
    try:
        with tarfile.open(path, "r:") as tar:
            for info in tar:
                content = tar.extractfile(info) if info.isreg() else None
                if content is None:
                    raise Refused(f"{path} holds {info.name!r}, which is no plain file.")
                yield info.name, content
                tar.members = []  # type: ignore[attr-defined]  # else it keeps one for each file
    except tarfile.TarError as error:
        raise Refused(f"{path} is no backup, or is damaged: {error}.") from error


def verified(path: Path) -> dict[str, Any]:
    """The manifest, after every byte was read and compared. Raises Refused."""
    try:
        manifest, found = _read(path)
    except tarfile.TarError as error:  # in the middle of a member
        raise Refused(f"{path} is damaged: {error}.") from error
    if manifest is None:
        raise Refused(f"{path} is damaged: it ends before its manifest.")
    if manifest["format"] > FORMAT:
        raise Refused(f"{path} was made by a newer version ({manifest['version']}).")
    wrong = {name for name in {*found, *manifest["members"]}
             if found.get(name) != manifest["members"].get(name)}  # fmt: skip
    if wrong:
        raise Refused(f"{path} is damaged: {min(wrong)} is not what was saved.")
    return manifest


def _read(path: Path) -> tuple[dict[str, Any] | None, dict[str, dict[str, Any]]]:
    """The manifest, if there is one, and what each other member really is."""
    found: dict[str, dict[str, Any]] = {}
    manifest: dict[str, Any] | None = None
    for name, content in members(path):
        if name == MANIFEST:
            manifest = _parsed(content.read(), path)
        elif name in found or not _is_safe(name):
            raise Refused(f"{path} holds {name!r}, which a backup does not.")
        else:
            found[name] = _measured(content)
    return manifest, found


def _parsed(text: bytes, path: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(text)
        seal = manifest.pop("seal")
    except (ValueError, KeyError, AttributeError):
        raise Refused(f"{path} is damaged: its manifest cannot be read.") from None
    if seal != _seal(manifest):
        raise Refused(f"{path} is damaged: its manifest is not what was saved.")
    return dict(manifest)


def _seal(manifest: dict[str, Any]) -> str:
    text = json.dumps(manifest, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _is_safe(name: str) -> bool:
    parts = name.split("/")
    return bool(_NAME.fullmatch(name)) and not {"", ".", ".."} & set(parts) and "\\" not in name


def _measured(content: IO[bytes]) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    while piece := content.read(_PIECE):
        digest.update(piece)
        size += len(piece)
    return {"size": size, "sha256": digest.hexdigest()}
