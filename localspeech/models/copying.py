"""Copies of models from one resource to another."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from localspeech.models.custom_model import CustomModel
from localspeech.models.entity import Errand, Owned

AUTHORIZATION_LIFETIME = timedelta(hours=24)


def authorization_end() -> datetime:
    """When a permission that is given now runs out."""
    return timezone.now() + AUTHORIZATION_LIFETIME


class CopyAuthorization(Owned):
    """The target's permission (`resource`) for one source to put one model there."""

    source_resource_id = models.CharField(max_length=400)
    expires = models.DateTimeField(default=authorization_end)

    def __str__(self) -> str:
        return f"copy from {self.source_resource_id} to {self.resource}"


class CopyOperation(Errand):
    """The copy itself, owned by the source. `result_id` is fixed before any work is done."""

    model = models.ForeignKey(CustomModel, null=True, on_delete=models.SET_NULL, related_name="+")
    authorization = models.OneToOneField(CopyAuthorization, on_delete=models.CASCADE)
    result_id = models.UUIDField(default=uuid.uuid4, editable=False)
