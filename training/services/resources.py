"""Adding and changing resources. A connection is tried before it is kept."""

from django.db import transaction

from studio.celery import ring
from training.models import Resource, User
from training.services import relocation
from training.services.examining import Report, examine

LOCAL_NAME = "This server"


@transaction.atomic
def ensure_local(address: str, key: str) -> Resource:
    """The resource of the local speech service, with today's address and key."""
    resource = Resource.objects.filter(is_local=True).first()
    if resource is None:
        resource = Resource(name=LOCAL_NAME, is_local=True)
    elif resource.address != address:
        relocation.move(resource, resource.address, address)
    resource.address, resource.key = address, key
    resource.poll_due_at = resource.catalogue_due_at = resource.claimed_until = None
    resource.save()
    return resource


def add(name: str, address: str, key: str, api_version: str, user: User) -> Report:
    """Keep a resource that answers. Raises a SpeechApiError that says what is wrong."""
    resource = Resource(name=name, address=address, key=key, api_version=api_version)
    return _keep(resource)


def replace(
    resource: Resource, *, name: str, address: str, key: str, api_version: str, user: User
) -> Report:
    """Change a resource; an empty key keeps the old one. Raises a SpeechApiError."""
    resource.name, resource.address, resource.api_version = name, address, api_version
    resource.key = key or resource.key
    return _keep(resource)


def _keep(resource: Resource) -> Report:
    report = examine(resource.address, resource.key, resource.api_version)
    resource.locales = list(report.locales)
    with transaction.atomic():
        resource.save()
        ring("training.tasks.refresh_catalogue", resource.pk)
    return report
