"""Starting and discarding drafts of a training."""

from django.db.models import QuerySet

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
    offered = BaseModel.objects.filter(resource=project.resource, locale=project.locale)
    return next((base for base in offered if base.can_adapt()), None)


def open_drafts(project: Project) -> "QuerySet[TrainingDraft]":
    """Drafts that have not become a model, last changed first."""
    return (
        TrainingDraft.objects.filter(project=project, submitted_at=None)
        .select_related("created_by", "updated_by", "base_model")
    )


def discard(draft: TrainingDraft, user: User) -> None:
    """Delete an unsubmitted draft; a submitted one stays."""
    TrainingDraft.objects.filter(pk=draft.pk, submitted_at=None).delete()
