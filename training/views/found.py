"""Objects that an address names, or 404."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from training.models import Project, User


def signed_in(request: HttpRequest) -> User:
    """The person; every page but a few lets nobody else in."""
    user: Any = request.user
    found: User = user
    return found


def project_or_404(project_id: int) -> Project:
    """A project with its resource, which every page of it shows."""
    return get_object_or_404(Project.objects.select_related("resource"), pk=project_id)
