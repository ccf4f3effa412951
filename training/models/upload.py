"""Files on their way from a browser to this server."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from training.enums import DatasetKind
from training.models.dataset import Dataset
from training.models.draft import Draft, TrainingDraft
from training.models.project import Project

UPLOADS_KEPT = timedelta(days=30)


class UploadDraft(Draft):
    """Data that somebody is about to upload: files of one kind, or one address.

    `training_draft` is where it was asked for; the datasets are added to it.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="upload_drafts")
    kind = models.CharField(_("kind"), max_length=20, choices=DatasetKind, blank=True, default="")
    content_url = models.URLField(_("URL"), blank=True, default="", max_length=2000)
    address_name = models.CharField(_("name"), max_length=200, blank=True, default="")
    description = models.TextField(_("description"), max_length=1000, blank=True, default="")
    training_draft = models.ForeignKey(
        TrainingDraft, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    submission_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    @property
    def kept_until(self) -> datetime:
        """When it is deleted unless somebody goes on with it."""
        return self.updated_at + UPLOADS_KEPT

    def __str__(self) -> str:
        names = ", ".join(one.file_name for one in self.uploads.all()[:3])
        return names or self.content_url or str(_("Upload without a file"))


class Upload(models.Model):
    """A file that arrives in blocks, in any order; `size` and `modified_ms` are the browser's.

    The same file chosen again is found by its name, size and time, and goes on where it broke off.
    """

    draft = models.ForeignKey(UploadDraft, on_delete=models.CASCADE, related_name="uploads")
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    file_name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    modified_ms = models.BigIntegerField(default=0)
    display_name = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    dataset = models.OneToOneField(
        Dataset, null=True, on_delete=models.SET_NULL, related_name="upload"
    )

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "file_name", "size", "modified_ms"], name="one_upload_a_file"
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def received(self) -> int:
        """Bytes that are here; counted once where `uploads.files_of` gave the row."""
        found: int | None = getattr(self, "here", None)
        return self.blocks.aggregate(size=Sum("size"))["size"] or 0 if found is None else found

    @property
    def is_whole(self) -> bool:
        """Whether everything is here."""
        return self.received == self.size


class UploadBlock(models.Model):
    """One piece of a file, kept in the storage until the file is put together."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="blocks")
    number = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    path = models.CharField(max_length=200)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["upload", "number"], name="one_upload_block_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.upload} {self.number}"
