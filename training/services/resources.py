"""Adding and changing resources. A connection is tried before it is kept."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from studio import localkeys
from studio.celery import ring
from training.models import Resource, User
from training.services import connection, relocation
from training.services.examining import Report, examine
from training.speechapi.errors import Unreachable

LOCAL_NAME = "This server"


@transaction.atomic
def ensure_local(address: str, key: str) -> Resource:
    """The first resource of the local speech service, with today's address and key.

    Further ones of it follow to its address and keep their own keys.
    """
    mine = list(Resource.objects.filter(is_local=True).order_by("pk"))
    first = mine[0] if mine else Resource(name=LOCAL_NAME, is_local=True)
    first.key = key
    for resource in mine or [first]:
        if resource.pk and resource.address != address:
            relocation.move(resource, resource.address, address)
        resource.address = address
        resource.poll_due_at = resource.catalogue_due_at = resource.look_due_at = None
        resource.claimed_until = None
        resource.save()
    return first


def add_local(name: str, token: UUID) -> Report:
    """Another resource of the local service, or the one that the same token made before.

    Raises a SpeechApiError when the local service does not answer.
    """
    first = Resource.objects.filter(is_local=True).order_by("pk").first()
    if first is None:
        raise Unreachable(_("The speech service of this server is not connected; restart it."))
    made = found_local(token)
    resource = made or Resource(
        name=name,
        address=first.address,
        key=localkeys.derived(first.key, token),
        is_local=True,
    )
    return _keep(resource)


def found_local(token: UUID) -> Resource | None:
    """The resource that this token made, if it did."""
    mine = list(Resource.objects.filter(is_local=True).order_by("pk"))
    keys = {one.key: one for one in mine}
    return keys.get(localkeys.derived(mine[0].key, token)) if mine else None


def add(name: str, address: str, key: str, api_version: str, service_id: str, user: User) -> Report:
    """Keep a resource that answers. Raises a SpeechApiError that says what is wrong."""
    resource = Resource(
        name=name, address=address, key=key, api_version=api_version, service_id=service_id
    )
    return _keep(resource)


def replace(
    resource: Resource,
    *,
    name: str,
    address: str,
    key: str,
    api_version: str,
    service_id: str,
    user: User,
) -> Report:
    """Change a resource; an empty key keeps the old one. Raises a SpeechApiError."""
    resource.name, resource.address, resource.api_version = name, address, api_version
    resource.key, resource.service_id = key or resource.key, service_id
    return _keep(resource)


def replace_key(resource: Resource, key: str) -> Report:
    """Use another key from now on, once it was tried. Raises a SpeechApiError."""
    resource.key = key
    return _keep(resource)


def _keep(resource: Resource) -> Report:
    if not resource.is_local:
        connection.check_address(resource.address)
    report = examine(resource.address, resource.key, resource.api_version)
    resource.locales = list(report.locales)
    with transaction.atomic():
        resource.save()
        ring("training.tasks.refresh_catalogue", resource.pk)
        ring("training.tasks.look", resource.pk)
    return report
