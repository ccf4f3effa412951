"""Weights on disk: whether they can be used, and whether they are still the same.

Nothing here loads them, so that a process that only lists base models stays small.
"""

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

from localspeech.engine.errors import EngineError

WEIGHTS_FILE = "model.bin"
FILES = (WEIGHTS_FILE, "config.json", "tokenizer.json")
VOCABULARY_FILES = ("vocabulary.json", "vocabulary.txt")
_LIBRARIES = ("ctranslate2", "tokenizers")


@dataclass(frozen=True)
class Weights:
    """A Whisper model in CTranslate2's format.

    `sha256`: what its model.bin must have, "" for what `record` holds. `record`: the file that
    keeps the hash of the first use.
    """

    folder: Path
    record: Path
    sha256: str = ""

    def fault(self) -> str | None:
        """Why they cannot be used on this server; None when nothing is missing."""
        if any(find_spec(name) is None for name in _LIBRARIES):
            return "the optional extra is not installed; see docs/operating.md, Whisper"
        missing = [name for name in FILES if not (self.folder / name).is_file()]
        if not any((self.folder / name).is_file() for name in VOCABULARY_FILES):
            missing.append(VOCABULARY_FILES[0])
        return f"{self.folder} lacks {', '.join(missing)}" if missing else None

    def known(self) -> str:
        """The hash that they must have; "" before their first use."""
        try:
            return self.sha256 or self.record.read_text().strip()
        except OSError:
            return ""

    def checked(self) -> str:
        """The hash of the weights, recorded at first use.

        Raises EngineError when they cannot be used or are not those that they must be.
        """
        fault = self.fault()
        if fault:
            raise EngineError("InvalidModel", f"Whisper cannot be used: {fault}.")
        found = _hash_of(self.folder / WEIGHTS_FILE)
        if not self.known():
            self._keep(found)
        if found != self.known():
            raise EngineError("InvalidModel", self._changed(found))
        return found

    def _keep(self, found: str) -> None:
        self.record.parent.mkdir(parents=True, exist_ok=True)
        draft = self.record.with_name(f"{self.record.name}.{uuid4()}")
        draft.write_text(f"{found}\n")
        # A link appears whole and never replaces what another process was the first to record.
        with suppress(FileExistsError):
            os.link(draft, self.record)
        draft.unlink()

    def _changed(self, found: str) -> str:
        place = "LOCALSPEECH_WHISPER_SHA256" if self.sha256 else str(self.record)
        return (
            f"{self.folder / WEIGHTS_FILE} has changed: its SHA-256 is {found}, and {place} says "
            f"{self.known()}. Put the former file back. To use the new one, change what {place} "
            "says; models trained on the former must then be trained again."
        )


def _hash_of(path: Path) -> str:
    state = path.stat()
    return _hashed(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=4)
def _hashed(path: Path, _modified: int, _size: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
