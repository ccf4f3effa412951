"""Opens a client for a resource."""

from training.models import Resource
from training.speechapi.client import SpeechClient


def client(resource: Resource) -> SpeechClient:
    """A client bound to the resource's address and key; close it, or use it as a context."""
    return SpeechClient(resource.address, resource.key, api_version=resource.api_version)
