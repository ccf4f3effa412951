"""Web hooks and what is delivered to them."""

import uuid

from django.db import models
from django.utils import timezone

from localspeech.models.entity import Job


class WebHook(Job):
    """An address that is told of events; active once it has met its challenge (Succeeded).

    `base_url` and `api_version` are those of the request that made it: links in its events
    lead there.
    """

    web_url = models.CharField(max_length=2000)
    events = models.JSONField(default=dict)
    secret = models.CharField(max_length=400, default="", blank=True)
    api_version = models.CharField(max_length=20)
    base_url = models.CharField(max_length=400)


class Delivery(models.Model):
    """One event for one hook, sent until it is answered with a 2xx or given up."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hook = models.ForeignKey(WebHook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=40)
    payload = models.JSONField(default=dict)
    due_at = models.DateTimeField(default=timezone.now)
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["due_at", "id"]

    def __str__(self) -> str:
        return f"{self.event} to {self.hook}"
