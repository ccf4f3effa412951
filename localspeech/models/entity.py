"""What the objects of the API share."""

import uuid
from datetime import UTC, datetime

from django.db import models
from django.utils import timezone

from localspeech.models.resource import SpeechResource


class Status(models.TextChoices):
    """The four statuses of the API."""

    NOT_STARTED = "NotStarted"
    RUNNING = "Running"
    SUCCEEDED = "Succeeded"
    FAILED = "Failed"


FINAL = frozenset({Status.SUCCEEDED, Status.FAILED})
NOT_RUNG = datetime(9999, 1, 1, tzinfo=UTC)


class Owned(models.Model):
    """Something that a resource owns."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resource = models.ForeignKey(SpeechResource, on_delete=models.CASCADE)
    created = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        abstract = True
        ordering = ["created", "id"]


class Entity(Owned):
    """An object with a name."""

    display_name = models.CharField(max_length=400)
    description = models.TextField(default="", blank=True)
    locale = models.CharField(max_length=20)
    custom_properties = models.JSONField(default=dict)

    class Meta(Owned.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.display_name


class Work(models.Model):
    """Something that is worked on. `last_action` is when its present status began.

    `claimed_until` is the lease of the process that works on it; `rung_at` is when a worker was
    last told of it.
    """

    status = models.CharField(max_length=20, choices=Status, default=Status.NOT_STARTED)
    last_action = models.DateTimeField(default=timezone.now)
    error_code = models.CharField(max_length=100, default="", blank=True)
    error_message = models.TextField(default="", blank=True)
    claimed_until = models.DateTimeField(null=True)
    rung_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class Job(Entity, Work):
    """A named object that is worked on."""

    class Meta(Owned.Meta):
        abstract = True


class Shard(models.Model):
    """A piece of a job that one worker does; a killed worker costs its piece, not the job.

    `rung_at` is `NOT_RUNG` until a worker was told of it.
    """

    claimed_until = models.DateTimeField(null=True)
    rung_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class Errand(Owned, Work):
    """Work without a name: a copy, or the recognition of one short clip."""

    class Meta(Owned.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
