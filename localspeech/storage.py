"""Where files lie. Everything goes through one storage; the engine gets local paths."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import UUID, uuid4

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, storages

from localspeech.models import StoredFile

DATA, TEXT = "data", "text.txt"
SCRATCH = "training"


def storage() -> Storage:
    """The storage of the local service."""
    return storages["localspeech"]


def local_path(path: str) -> Path:
    """A path that the engine can open."""
    return Path(storage().path(path))


def keep(owner: UUID, name: str, kind: str, content: "File[bytes] | bytes") -> StoredFile:
    """Store a file of `owner`, in place of an older one of the same name."""
    file = ContentFile(content) if isinstance(content, bytes) else content
    path = f"files/{owner}/{name}"
    storage().delete(path)
    path = storage().save(path, file)
    return _register(owner, name, kind, path)


def register_folder(owner: UUID, folder: str, kind: str) -> None:
    """Register every file of a folder that the engine wrote."""
    for file in sorted(local_path(folder).iterdir()):
        _register(owner, file.name, kind, f"{folder}/{file.name}")


def _register(owner: UUID, name: str, kind: str, path: str) -> StoredFile:
    row, _ = StoredFile.objects.update_or_create(
        owner=owner,
        name=name,
        defaults={"kind": kind, "path": path, "size": storage().size(path)},
    )
    return row


def data_of(owner: UUID) -> Path:
    """The data file of a dataset."""
    return local_path(StoredFile.objects.get(owner=owner, name=DATA).path)


def model_folder(owner: UUID) -> str:
    """The folder of a model's own part, in the storage."""
    return f"models/{owner}"


def scratch(owner: UUID) -> Path:
    """The folder of a training's intermediate files, which all workers see."""
    return local_path(f"{SCRATCH}/{owner}")


def with_scratch() -> list[UUID]:
    """Whose trainings have intermediate files."""
    folder = local_path(SCRATCH)
    return [UUID(one.name) for one in folder.iterdir()] if folder.exists() else []


def write_whole(path: Path, content: bytes) -> None:
    """Write an intermediate file so that nobody reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{uuid4()}")
    draft.write_bytes(content)
    draft.replace(path)


def forget_scratch(owner: UUID) -> None:
    """Delete a training's intermediate files."""
    shutil.rmtree(scratch(owner), ignore_errors=True)


def keep_block(owner: UUID, content: "File[bytes]") -> str:
    """Store a piece of a dataset's file; its path in the storage."""
    return storage().save(f"blocks/{owner}/{uuid4()}", content)


class Joined(File):
    """Pieces of the storage read as one file."""

    def __init__(self, paths: Sequence[str]) -> None:
        super().__init__(None, name=DATA)
        self._paths = paths

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """The content, a piece at a time."""
        for path in self._paths:
            with storage().open(path) as piece:
                yield from piece.chunks(chunk_size)


def forget_blocks(owner: UUID) -> None:
    """Delete the pieces that a dataset's file was put together from."""
    shutil.rmtree(local_path(f"blocks/{owner}"), ignore_errors=True)


def copy_files(source: UUID, target: UUID) -> None:
    """Give `target` copies of all files of `source`; safe to repeat."""
    for file in StoredFile.objects.filter(owner=source):
        path = file.path.replace(str(source), str(target))
        storage().delete(path)
        with storage().open(file.path) as content:
            path = storage().save(path, content)
        _register(target, file.name, file.kind, path)


def forget_file(file: StoredFile) -> None:
    """Delete one file."""
    storage().delete(file.path)
    file.delete()


def forget(owner: UUID) -> None:
    """Delete all files of an object."""
    for file in StoredFile.objects.filter(owner=owner):
        storage().delete(file.path)
    StoredFile.objects.filter(owner=owner).delete()
    for folder in (f"files/{owner}", f"blocks/{owner}", model_folder(owner)):
        shutil.rmtree(local_path(folder), ignore_errors=True)
    forget_scratch(owner)
