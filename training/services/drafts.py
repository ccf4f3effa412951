"""Starting drafts of a training, and keeping and discarding drafts of any kind."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from training.models import BaseModel, Draft, Project, TrainingDraft, User


def start(project: Project, user: User) -> TrainingDraft:
    """A new draft that proposes the newest base model which can still be adapted."""
    return TrainingDraft.objects.create(
        project=project,
        base_model=newest_base_model(project),
        created_by=user,
        updated_by=user,
    )


def newest_base_model(project: Project, like: BaseModel | None = None) -> BaseModel | None:
    """The newest base model of the project's locale that can still be adapted.

    With `like`, of that one's family alone: another family is not a newer release of it.
    """
    usable = (base for base in project.base_models if base.can_adapt())
    return next((base for base in usable if like is None or base.family == like.family), None)


def open_drafts(project: Project) -> "QuerySet[TrainingDraft]":
    """Drafts that have not become a model, last changed first."""
    rows = TrainingDraft.objects.filter(project=project, submitted_at=None)
    return rows.select_related("updated_by").only(
        "project_id",
        "display_name",
        "updated_at",
        *(f"updated_by__{name}" for name in ("username", "first_name", "last_name")),
    )


@transaction.atomic
def keep(draft: Draft, values: Mapping[str, Any]) -> None:
    """Store the valid part of a step, unless the draft was submitted meanwhile."""
    many = {field.name for field in draft._meta.many_to_many}
    columns = {name: value for name, value in values.items() if name not in many}
    mine = type(draft)._default_manager.filter(pk=draft.pk, submitted_at=None)
    if not mine.update(**columns, updated_at=timezone.now()):
        return
    for name, value in columns.items():
        setattr(draft, name, value)
    for name in many & values.keys():
        getattr(draft, name).set(values[name])


def visit(draft: Draft, step: str, user: Any) -> None:
    """Remember that a step was seen, and by whom the draft was last changed."""
    visited = [*draft.visited, *([] if step in draft.visited else [str(step)])]
    changes = {
        "visited": visited,
        "updated_by": user if isinstance(user, User) else None,
        "updated_at": timezone.now(),
    }
    type(draft)._default_manager.filter(pk=draft.pk).update(**changes)
    for name, value in changes.items():
        setattr(draft, name, value)


def discard(draft: Draft) -> None:
    """Delete an unsubmitted draft; a submitted one stays."""
    type(draft)._default_manager.filter(pk=draft.pk, submitted_at=None).delete()
