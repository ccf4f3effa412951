"""Puts a dataset's file together from the blocks in which it came."""

import shutil

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile

from training.models import Dataset, Upload
from training.services import datasets, uploads

_PIECE = 1024**2


class Incomplete(Exception):
    """Blocks are missing: another worker has put the file together, or they were deleted."""


def assemble(row: Dataset, upload: Upload) -> None:
    """Give the dataset its file; safe to repeat after a kill.

    The blocks are copied once, into a file that the storage then moves or sends away. Raises
    OSError when the disk is full, and Incomplete, before anything is changed.
    """
    name = datasets.stored_name(row)
    with TemporaryUploadedFile(upload.file_name, None, upload.size, None) as whole:
        for block in upload.blocks.all():
            with default_storage.open(block.path) as piece:
                shutil.copyfileobj(piece, whole, _PIECE)
        if whole.tell() != upload.size:
            raise Incomplete(f"{whole.tell()} of {upload.size} bytes")
        whole.seek(0)
        default_storage.delete(row.file.field.generate_filename(row, name))
        row.file.save(name, whole, save=False)
    Dataset.objects.filter(pk=row.pk, file="").update(file=row.file.name)
    uploads.forget_blocks(upload)
