"""Addresses of objects, and back from an address to the object."""

import uuid
from typing import TypeVar

from django.db.models import Model

from localspeech.engine.releases import BaseModelRelease
from localspeech.errors import ApiError, invalid, not_found
from localspeech.models import SpeechResource
from localspeech.offers import offered
from localspeech.versions import Site, absolute, address, version_of

M = TypeVar("M", bound=Model)
_NAMESPACE = uuid.UUID("5f0c9f0e-6a43-4c5e-9a52-2d1f6a7d3b11")


def link(request: Site, *parts: object, action: str = "") -> str:
    """An absolute address on the host, and in the version, that was asked."""
    return absolute(request, address(version_of(request), *parts, action=action))


def base_model_id(release: BaseModelRelease) -> uuid.UUID:
    """The id of a base model: the same on every server."""
    return uuid.uuid5(_NAMESPACE, release.name)


def base_model(identifier: str) -> BaseModelRelease | None:
    """The release with an id, if this server offers it."""
    return next((one for one in offered() if str(base_model_id(one)) == identifier), None)


def last_segment(self_link: str) -> str:
    """The id inside a `self`."""
    return self_link.split("?")[0].rstrip("/").rpartition("/")[2]


def owned(kind: type[M], resource: SpeechResource, identifier: object) -> M:
    """An object of this resource. Raises the API's 404."""
    try:
        return kind._default_manager.get(pk=uuid.UUID(str(identifier)), resource=resource)
    except (ValueError, kind.DoesNotExist):  # type: ignore[attr-defined]  # every model has it
        raise not_found(kind.__name__.lower()) from None


def referenced(
    kind: type[M], resource: SpeechResource, self_link: str, detail: str, target: str
) -> M:
    """The object that a reference names. Raises a 400 with the field's detail code."""
    try:
        return owned(kind, resource, last_segment(self_link))
    except ApiError:
        message = f"The {target} that the request refers to does not exist."
        raise invalid(message, detail, target) from None
