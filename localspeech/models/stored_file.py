"""A file that belongs to a dataset, model or evaluation."""

import uuid

from django.db import models
from django.utils import timezone


class StoredFile(models.Model):
    """`path` is its name in the storage; `kind` is the API's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.UUIDField(db_index=True)
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=40)
    path = models.CharField(max_length=300)
    size = models.PositiveBigIntegerField()
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="one_file_a_name")]

    def __str__(self) -> str:
        return self.name
