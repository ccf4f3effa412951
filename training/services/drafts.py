"""Starting, keeping and discarding drafts of a training."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from training.models import BaseModel, Project, TrainingDraft, User


def start(project: Project, user: User) -> TrainingDraft:
    """A new draft that proposes the newest base model which can still be adapted."""
    return TrainingDraft.objects.create(
        project=project,
        base_model=newest_base_model(project),
        created_by=user,
        updated_by=user,
    )


def newest_base_model(project: Project) -> BaseModel | None:
    """The newest base model of the project's locale that can still be adapted."""
    return next((base for base in project.base_models if base.can_adapt()), None)


def open_drafts(project: Project) -> "QuerySet[TrainingDraft]":
    """Drafts that have not become a model, last changed first."""
    rows = TrainingDraft.objects.filter(project=project, submitted_at=None)
    return rows.select_related("updated_by").only(
        "project_id",
        "display_name",
        "updated_at",
        *(f"updated_by__{name}" for name in ("username", "first_name", "last_name")),
    )


def keep(draft: TrainingDraft, values: Mapping[str, Any]) -> None:
    """Store the valid part of a step."""
    columns = {name: value for name, value in values.items() if name != "datasets"}
    if columns:
        TrainingDraft.objects.filter(pk=draft.pk).update(**columns)
    if "datasets" in values:
        draft.datasets.set(values["datasets"])


def visit(draft: TrainingDraft, step: str, user: Any) -> None:
    """Remember that a step was seen, and by whom the draft was last changed."""
    visited = [*draft.visited, *([] if step in draft.visited else [str(step)])]
    TrainingDraft.objects.filter(pk=draft.pk).update(
        visited=visited,
        updated_by=user if isinstance(user, User) else None,
        updated_at=timezone.now(),
    )
    draft.visited = visited


def discard(draft: TrainingDraft, user: User) -> None:
    """Delete an unsubmitted draft; a submitted one stays."""
    TrainingDraft.objects.filter(pk=draft.pk, submitted_at=None).delete()
