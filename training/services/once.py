"""Objects that one form makes once, found again by the form's key."""

from typing import Any, TypeVar

from django.http import Http404

from training.models import Project

T = TypeVar("T")


def of_project(row: T, project: Project) -> T:
    """The row, if it is this project's. Raises Http404 for a key that another project's form had:
    it would be shown and changed past the rights of that project.
    """
    found: Any = row
    if found.project_id != project.pk:
        raise Http404
    return row
