"""What every object on a speech service has in common."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from training.enums import FINAL, Status, Submission
from training.models.audited import AuditedManager
from training.speechapi.types import last_segment


def list_indexes() -> list[models.Index]:
    """Indexes for a project's list: by name, by age, and its newest change."""
    fields = ("display_name", "created_at", "changed_at")
    return [models.Index(fields=["project", field]) for field in fields]


class RemoteObject(models.Model):
    """A row that is posted to a speech service once, and then follows its status.

    `submission_key` travels in customProperties, so that a lost answer can be looked up
    before anything is posted again.
    """

    submission_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.CharField(
        max_length=10, choices=Submission, default=Submission.SUBMITTING, editable=False
    )
    remote_self = models.CharField(
        max_length=400, default="", blank=True, editable=False, db_index=True
    )
    status = models.CharField(max_length=20, choices=Status, default="", blank=True, editable=False)
    error_code = models.CharField(max_length=100, default="", blank=True, editable=False)
    error_message = models.TextField(default="", blank=True, editable=False)
    trouble = models.TextField(default="", blank=True, editable=False)
    raw = models.JSONField(default=dict, editable=False)

    display_name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("description"), default="", blank=True, max_length=1000)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    last_action_at = models.DateTimeField(null=True, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, db_index=True, editable=False)

    due_at = models.DateTimeField(default=timezone.now, editable=False)
    claimed_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[AuditedManager[Self]] = AuditedManager()

    class Meta:
        abstract = True
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.display_name

    @property
    def kind_name(self) -> str:
        """What it is, as a word of an address or ID."""
        return self._meta.model_name or ""

    @property
    def remote_id(self) -> str:
        """The last segment of `self`, which is how the API names an object."""
        return last_segment(self.remote_self)

    def link(self, name: str) -> str:
        """One of the links that the service gave with the object; "" when it gave none."""
        links = self.raw.get("links") if isinstance(self.raw, dict) else None
        found = links.get(name) if isinstance(links, dict) else None
        return found if isinstance(found, str) else ""

    @property
    def is_final(self) -> bool:
        """Whether the service will not change the status any more."""
        return self.submission == Submission.REFUSED or self.status in FINAL

    @property
    def has_failed(self) -> bool:
        """Refused on submission, or failed at work."""
        return self.submission == Submission.REFUSED or self.status == Status.FAILED

    @property
    def succeeded(self) -> bool:
        """Whether the object can be used."""
        return self.status == Status.SUCCEEDED

    @property
    def status_word(self) -> Any:
        """One word for a person."""
        if self.submission == Submission.REFUSED:
            return Status.FAILED.label
        if self.submission == Submission.SUBMITTED and self.status in Status.values:
            return Status(self.status).label
        if self.submission == Submission.SUBMITTED:
            return self.status or Status.NOT_STARTED.label
        return Submission(self.submission).label
