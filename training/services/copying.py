"""Copying models to other resources, as people ask for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from studio.celery import ring
from training.models import CustomModel, Event, ModelCopy, Project, Resource, User
from training.services import events
from training.services import projects as kept

State = ModelCopy.State


@dataclass(frozen=True)
class Target:
    """Where to: a project that there is, or a new one of that name on a resource."""

    resource: Resource
    project: Project | None = None
    new_project: str = ""


def resources_for(project: Project) -> "QuerySet[Resource]":
    """Resources that a project's models can be copied to."""
    return Resource.objects.exclude(pk=project.resource_id)


def offers(resource: Resource, locale: str) -> bool:
    """Whether a resource takes models of a locale, as far as it has told."""
    return not resource.locales or locale in resource.locales


@transaction.atomic
def request(
    models: Sequence[CustomModel],
    targets: Iterable[Target],
    user: User,
    key: UUID,
    display_name: str = "",
) -> list[ModelCopy]:
    """Copies of each model to each target, or those that the same key made before.

    `display_name` is for a single model; without it copies have the name of their source.
    """
    projects = [_project(target, models[0].project.locale, user, key) for target in targets]
    return [
        _copy(model, project, user, key, display_name or model.display_name)
        for project in projects
        for model in models
    ]


def _project(target: Target, locale: str, user: User, key: UUID) -> Project:
    if target.project is not None:
        return target.project
    return kept.create(
        resource=target.resource,
        display_name=target.new_project,
        description="",
        locale=locale,
        user=user,
        submission_key=uuid5(key, f"project {target.resource.pk}"),
    )


def _copy(model: CustomModel, project: Project, user: User, key: UUID, name: str) -> ModelCopy:
    row, made = ModelCopy.objects.get_or_create(
        submission_key=uuid5(key, f"model {model.pk} to {project.pk}"),
        defaults={
            "source": model,
            "source_name": model.display_name,
            "source_resource": model.resource,
            "project": project,
            "display_name": name,
            "requested_by": user,
        },
    )
    if made:
        place = {"resource": project.resource, "project": project}
        text = _("To %(resource)s, project %(project)s.") % place
        events.record(Event.Verb.COPYING, model, user, text)
        _ring(row)
    return row


def _ring(row: ModelCopy) -> None:
    ring("training.tasks.copy", row.pk)


@transaction.atomic
def try_again(row: ModelCopy, user: User) -> bool:
    """Begin a failed copy again; what was copied already is only connected. False: not failed."""
    failed = ModelCopy.objects.filter(pk=row.pk, state=State.FAILED)
    now = timezone.now()
    won = failed.update(
        state=State.CONNECTING if row.copied_self else State.QUEUED,
        submission_key=uuid4(),
        authorization={},
        operation="",
        error_code="",
        error_message="",
        trouble="",
        requested_by=user,
        began_at=None,
        attempts=0,
        due_at=now,
        changed_at=now,
    )
    if won:
        _ring(row)
    return bool(won)


def forget(row: ModelCopy) -> bool:
    """Take a failed copy off the pages. False when it has not failed."""
    gone, _rows = ModelCopy.objects.filter(pk=row.pk, state=State.FAILED).delete()
    return bool(gone)


def pending() -> "QuerySet[ModelCopy]":
    """Copies that have not ended."""
    return ModelCopy.objects.exclude(state__in=(State.SUCCEEDED, State.FAILED))
