"""A resource of the local service: whoever holds its key sees its objects."""

import hashlib

from django.conf import settings
from django.db import models


def digest(key: str) -> str:
    """How a key is kept. Keys are long and random, so a plain hash hides them."""
    return hashlib.sha256(key.encode()).hexdigest()


class SpeechResource(models.Model):
    """Owns projects, datasets, models and evaluations."""

    name = models.CharField(max_length=100)
    key_digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return self.name


def resource_of_key(key: str) -> SpeechResource | None:
    """The resource of a key; the default one is made when its key is first used."""
    found = SpeechResource.objects.filter(key_digest=digest(key)).first()
    if found is None and digest(key) == digest(settings.LOCALSPEECH_KEY):
        found, _ = SpeechResource.objects.get_or_create(
            key_digest=digest(key), defaults={"name": "default"}
        )
    return found
