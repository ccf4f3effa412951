"""A dataset's content in blocks: any number of pieces, in any order, then one commit."""

import base64
import binascii
from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import transaction
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from ninja import Router

from localspeech import storage
from localspeech.api import answered
from localspeech.doorbell import work_soon
from localspeech.errors import ApiError, conflict, invalid
from localspeech.links import owned
from localspeech.models import Dataset, DatasetBlock
from localspeech.routes.common import body_of, resource_of
from localspeech.routes.datasets import file_kind
from localspeech.schemas import BlockEntry
from studio import claims

router = Router()
LARGEST_BLOCK = 8 * 1024**2
_MOST_BLOCKS, _LONGEST_NAME = 50_000, 64


@router.get("datasets/{uuid:dataset_id}/blocks")
def list_blocks(request: HttpRequest, dataset_id: UUID) -> HttpResponse:
    """Blocks that are there, committed or not."""
    row = owned(Dataset, resource_of(request), dataset_id)
    shown: dict[bool, list[dict[str, object]]] = {True: [], False: []}
    for block in row.blocks.all():
        shown[block.is_committed].append({"name": block.name, "size": block.size})
    return answered({"committedBlocks": shown[True], "uncommittedBlocks": shown[False]})


@router.put("datasets/{uuid:dataset_id}/blocks")
def put_block(request: HttpRequest, dataset_id: UUID) -> HttpResponse:
    """Keep one block; the same name again replaces it."""
    row = _awaiting(owned(Dataset, resource_of(request), dataset_id))
    name = _name(request.GET.get("blockid", ""))
    first = row.blocks.exclude(name=name).first()
    if first is not None and len(first.name) != len(name):
        raise _bad_name("has another length than those before")
    too_large, empty = "A block may have at most 8 MiB.", "The block is empty."
    with body_of(request, LARGEST_BLOCK, too_large, empty, "EmptyRequest") as content:
        _keep(row, name, content)
    return HttpResponse(status=201)


def _keep(row: Dataset, name: str, content: TemporaryUploadedFile) -> None:
    others, size = row.blocks.exclude(name=name), content.size or 0
    kept = others.aggregate(size=Sum("size"))["size"] or 0
    if kept + size > settings.LARGEST_UPLOAD or others.count() >= _MOST_BLOCKS:
        raise ApiError(413, "InvalidRequest", "The blocks exceed 2 GB.", "InvalidPayload", "body")
    older = row.blocks.filter(name=name).first()
    path = storage.keep_block(row.pk, content)
    DatasetBlock.objects.update_or_create(
        dataset=row, name=name, defaults={"path": path, "size": size}
    )
    if older is not None:
        storage.storage().delete(older.path)


def _awaiting(row: Dataset) -> Dataset:
    if not row.awaits_blocks:
        raise conflict("The dataset has its content already.", "InvalidPrerequisite")
    return row


def _name(text: str) -> str:
    try:
        decoded = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise _bad_name("is not Base64") from None
    if not 1 <= len(decoded) <= _LONGEST_NAME:
        raise _bad_name(f"must stand for 1 to {_LONGEST_NAME} bytes")
    return text


def _bad_name(reason: str) -> ApiError:
    return invalid(f"blockid {reason}.", "InvalidParameterValue", "blockid")


@router.post("datasets/{uuid:dataset_id}/blocks:commit")
def commit_blocks(
    request: HttpRequest, dataset_id: UUID, block_list: list[BlockEntry]
) -> HttpResponse:
    """Put the file together from these blocks in this order, and start the import."""
    row = owned(Dataset, resource_of(request), dataset_id)
    names = [one.id for one in block_list]
    if len(names) > _MOST_BLOCKS or len(set(names)) < len(names):
        message = f"Name each block once, and at most {_MOST_BLOCKS:,} blocks."
        raise invalid(message, "InvalidPayload", "blockList")
    if not row.awaits_blocks and _is_repeated(row, names):
        return HttpResponse(status=200)
    _awaiting(row)
    blocks = {block.name: block for block in row.blocks.all()}
    unknown = next((n for n in names if n not in blocks), None)
    if not names or unknown is not None or any(one.kind == "Committed" for one in block_list):
        reason = f"there is no block {unknown!r}" if unknown else "name at least one new block"
        raise invalid(f"The block list cannot be used: {reason}.", "InvalidPayload", "blockList")
    if not claims.claim(Dataset.objects.filter(awaits_blocks=True), row.pk):
        message = "The blocks are being put together; ask for the dataset in a moment."
        raise ApiError(503, "ServiceUnavailable", message)
    with claims.held(Dataset, row.pk):
        content = storage.Joined([blocks[name].path for name in names])
        storage.keep(row.pk, storage.DATA, file_kind(row.kind), content)
        _start(row, names)
    work_soon(row)
    return HttpResponse(status=200)


def _is_repeated(row: Dataset, names: Sequence[str]) -> bool:
    return {block.name for block in row.blocks.filter(is_committed=True)} == set(names)


@transaction.atomic
def _start(row: Dataset, names: Sequence[str]) -> None:
    if not Dataset.objects.filter(pk=row.pk, awaits_blocks=True).update(awaits_blocks=False):
        return
    row.blocks.exclude(name__in=names).delete()
    row.blocks.update(is_committed=True)
    transaction.on_commit(lambda: storage.forget_blocks(row.pk))
