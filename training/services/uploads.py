"""Files that arrive from browsers in blocks, and the datasets that are made of them."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from math import ceil
from typing import IO, Any
from uuid import UUID

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from training.models import Dataset, Project, TrainingDraft, Upload, UploadBlock, UploadDraft, User
from training.services import datasets
from training.services.once import of_project
from training.wizards import uploading
from training.wizards.steps import NotReady

BLOCK_SIZE = 8 * 1024**2
MOST_FILES = 50
_FOLDER = "incoming"


class Refusal(Exception):
    """A file or block that cannot be taken; the text says why and what to do."""


def start(
    project: Project, user: User, kind: str, key: UUID, training_draft: TrainingDraft | None
) -> UploadDraft:
    """A new draft, or the one that the same form made before."""
    draft, _made = UploadDraft.objects.get_or_create(
        submission_key=key,
        defaults={
            "project": project,
            "kind": kind,
            "training_draft": training_draft,
            "visited": ["kind"],
            "created_by": user,
            "updated_by": user,
        },
    )
    of_project(draft, project)
    if draft.kind != kind and draft.submitted_at is None:
        UploadDraft.objects.filter(pk=draft.pk, submitted_at=None).update(kind=kind)
        draft.kind = kind
    return draft


def open_drafts(project: Project) -> "QuerySet[UploadDraft]":
    """Drafts that have not become datasets, last changed first."""
    rows = UploadDraft.objects.filter(project=project, submitted_at=None)
    return rows.select_related("updated_by").prefetch_related("uploads")


def files_of(draft: UploadDraft) -> "QuerySet[Any]":
    """The draft's files with how much of each is here, in bytes, as `here`."""
    return draft.uploads.annotate(here=Coalesce(Sum("blocks__size"), 0))


def add(draft: UploadDraft, file_name: str, size: int, modified_ms: int = 0) -> Upload:
    """Announce a file; the same one again is found with what is here of it. Raises Refusal."""
    if fault := uploading.file_fault(draft.kind, file_name, size):
        raise Refusal(fault)
    known = draft.uploads.filter(file_name=file_name, size=size, modified_ms=modified_ms)
    if draft.uploads.count() >= MOST_FILES and not known.exists():
        raise Refusal(_("At most %(n)d files at once; upload the rest after these.")
                      % {"n": MOST_FILES})  # fmt: skip
    _touch(draft)
    stem = file_name.rpartition(".")[0] or file_name
    upload, _made = Upload.objects.get_or_create(
        draft=draft,
        file_name=file_name,
        size=size,
        modified_ms=modified_ms,
        defaults={"display_name": stem[:200]},
    )
    return upload


def put(upload: Upload, number: int, content: "File[bytes]") -> None:
    """Keep one block; the same again changes nothing. Raises Refusal for one that does not fit."""
    size = content.size
    if number >= ceil(upload.size / BLOCK_SIZE):
        raise Refusal(_("The file has no block of this number; choose the file again."))
    if size != min(BLOCK_SIZE, upload.size - number * BLOCK_SIZE):
        raise Refusal(_("The block was cut off; choose the file again."))
    if upload.blocks.filter(number=number).exists():
        return
    path = default_storage.save(f"{_FOLDER}/{upload.key}/{number:05}", content)
    _block, made = UploadBlock.objects.get_or_create(
        upload=upload, number=number, defaults={"size": size, "path": path}
    )
    if not made:
        default_storage.delete(path)
    _touch(upload.draft)


def _touch(draft: UploadDraft) -> None:
    """What is still being sent is not forgotten as old."""
    UploadDraft.objects.filter(pk=draft.pk).update(updated_at=timezone.now())


def take(draft: UploadDraft, file_name: str, size: int, file: IO[bytes]) -> Upload:
    """Keep a file that came whole, by a form, in place of one like it. Raises Refusal."""
    upload = add(draft, file_name, size)
    forget_blocks(upload)
    for number in range(ceil(size / BLOCK_SIZE)):
        put(upload, number, ContentFile(file.read(BLOCK_SIZE)))
    return upload


def rename(draft: UploadDraft, names: Mapping[int, str]) -> None:
    """Name the datasets that files of an open draft become, by the files' keys."""
    for pk, name in names.items():
        mine = Upload.objects.filter(pk=pk, draft=draft, draft__submitted_at=None)
        mine.update(display_name=name)


def remove(upload: Upload) -> None:
    """Forget a file of an open draft, with what is here of it."""
    _forget(upload.draft, [upload])


def discard(draft: UploadDraft, unless_touched_since: datetime | None = None) -> None:
    """Delete an open draft with its files; one that is submitted, or in use again, stays."""
    _forget(draft, list(draft.uploads.all()), with_draft=True, since=unless_touched_since)


@transaction.atomic
def _forget(
    draft: UploadDraft,
    uploads: list[Upload],
    with_draft: bool = False,
    since: datetime | None = None,
) -> None:
    """The update makes it ours: who submits it at the same time comes before or after."""
    mine = UploadDraft.objects.filter(pk=draft.pk, submitted_at=None)
    if since is not None:
        mine = mine.filter(updated_at__lt=since)
    if not mine.update(updated_at=timezone.now()):
        return
    Upload.objects.filter(pk__in=[one.pk for one in uploads]).delete()
    if with_draft:
        UploadDraft.objects.filter(pk=draft.pk).delete()
    for one in uploads:
        transaction.on_commit(partial(forget_folder, str(one.key)))


def forget_blocks(upload: Upload) -> None:
    """Delete the blocks of a file, also such as were kept and never noted."""
    UploadBlock.objects.filter(upload_id=upload.pk).delete()
    forget_folder(str(upload.key))


def stray_keys() -> list[str]:
    """Keys of files that have blocks in the storage, and no row any more."""
    kept = set(_listed(_FOLDER)[0])
    known = {str(key) for key in Upload.objects.values_list("key", flat=True)} if kept else set()
    return sorted(kept - known)


def forget_folder(key: str) -> None:
    """Delete whatever the storage has of a file."""
    folder = f"{_FOLDER}/{key}"
    for name in _listed(folder)[1]:
        default_storage.delete(f"{folder}/{name}")
    default_storage.delete(folder)


def _listed(folder: str) -> tuple[list[str], list[str]]:
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []


@transaction.atomic
def submit(draft: UploadDraft, user: User) -> list[Dataset]:
    """Make the datasets of a draft, once: a second call gives the same ones.

    Raises NotReady when the strict review finds problems; the draft stays as it was.
    """
    now = timezone.now()
    won = UploadDraft.objects.filter(pk=draft.pk, submitted_at=None).update(submitted_at=now)
    if not won:
        return list(Dataset.objects.filter(submission_key__in=_keys(draft)))
    if problems := uploading.review(draft):
        raise NotReady(problems)
    made = [_dataset_of(upload, draft, user) for upload in draft.uploads.all()]
    if draft.content_url:
        made.append(_dataset(draft, user, draft.submission_key, draft.address_name))
    if draft.training_draft and draft.training_draft.submitted_at is None:
        draft.training_draft.datasets.add(*made)
    return made


def _keys(draft: UploadDraft) -> list[UUID]:
    return [draft.submission_key, *draft.uploads.values_list("key", flat=True)]


def _dataset_of(upload: Upload, draft: UploadDraft, user: User) -> Dataset:
    row = _dataset(draft, user, upload.key, upload.display_name, file_name=upload.file_name)
    Upload.objects.filter(pk=upload.pk).update(dataset=row)
    return row


def _dataset(draft: UploadDraft, user: User, key: UUID, name: str, **more: Any) -> Dataset:
    return datasets.create(
        project=draft.project,
        kind=draft.kind,
        display_name=name,
        description=draft.description,
        content_url="" if more else draft.content_url,
        user=user,
        submission_key=key,
        **more,
    )
