"""A resource of the local service: whoever holds its key sees its objects."""

import hashlib
import secrets

from django.conf import settings
from django.db import models

from studio import localkeys

REGION = "local"


def digest(key: str) -> str:
    """How a key is kept. Keys are long and random, so a plain hash hides them."""
    return hashlib.sha256(key.encode()).hexdigest()


class SpeechResource(models.Model):
    """Owns projects, datasets, models and evaluations."""

    name = models.CharField(max_length=100)
    key_digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return self.name

    @property
    def resource_id(self) -> str:
        """What stands in a copy's authorization in place of Azure's resource ID."""
        return f"/localspeech/resources/{self.pk}"


def resource_of_key(key: str) -> SpeechResource | None:
    """The resource of a key; the first one, and one whose key was made from the first one's, are
    made when their key is first used.
    """
    found = SpeechResource.objects.filter(key_digest=digest(key)).first()
    name = "" if found else _name_for(key)
    if name:
        found, _ = SpeechResource.objects.get_or_create(
            key_digest=digest(key), defaults={"name": name}
        )
    return found


def _name_for(key: str) -> str:
    if digest(key) == digest(settings.LOCALSPEECH_KEY):
        return "default"
    return key[:8] if localkeys.is_derived(settings.LOCALSPEECH_KEY, key) else ""


def new_resource(name: str) -> tuple[SpeechResource, str]:
    """Another resource on this server, and its key, which is shown only now."""
    key = secrets.token_hex(24)
    return SpeechResource.objects.create(name=name, key_digest=digest(key)), key
