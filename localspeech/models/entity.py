"""What the objects of the API share."""

import uuid

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


class Entity(models.Model):
    """An object with a name, owned by a resource."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resource = models.ForeignKey(SpeechResource, on_delete=models.CASCADE)
    display_name = models.CharField(max_length=400)
    description = models.TextField(default="", blank=True)
    locale = models.CharField(max_length=20)
    custom_properties = models.JSONField(default=dict)
    created = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        abstract = True
        ordering = ["created", "id"]

    def __str__(self) -> str:
        return self.display_name


class Job(Entity):
    """An object that is worked on. `last_action` is when its present status began.

    `claimed_until` is the lease of the engine process that works on it; `rung_at` is when a
    worker was last told of it.
    """

    status = models.CharField(max_length=20, choices=Status, default=Status.NOT_STARTED)
    last_action = models.DateTimeField(default=timezone.now)
    error_code = models.CharField(max_length=100, default="", blank=True)
    error_message = models.TextField(default="", blank=True)
    claimed_until = models.DateTimeField(null=True)
    rung_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)

    class Meta(Entity.Meta):
        abstract = True
