"""News on their way to a person's mail or to a channel."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from training.models.channel import Channel
from training.models.event import Event


class Dispatch(models.Model):
    """One message to one recipient; it may gather news until it is due.

    `key` is the message's identity outside, so that a repeated one can be recognised.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="dispatches"
    )
    channel = models.ForeignKey(
        Channel, null=True, on_delete=models.CASCADE, related_name="dispatches"
    )
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    trouble = models.TextField(default="", blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["sent_at", "failed_at", "due_at"])]

    def __str__(self) -> str:
        return f"{self.person or self.channel}"


class DispatchItem(models.Model):
    """One piece of news in a message; nobody gets the same twice."""

    dispatch = models.ForeignKey(Dispatch, on_delete=models.CASCADE, related_name="items")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    channel = models.ForeignKey(Channel, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "person"], name="one_item_a_person"),
            models.UniqueConstraint(fields=["event", "channel"], name="one_item_a_channel"),
        ]

    def __str__(self) -> str:
        return f"{self.event} to {self.dispatch}"
