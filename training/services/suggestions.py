"""What is worth doing next."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from training.enums import TRAINING_KINDS, DatasetKind, Status
from training.models import BaseModel, CustomModel, Dataset, Evaluation, Project, TrainingDraft

_MOST = 5


@dataclass(frozen=True)
class Suggestion:
    """One thing to do: a sentence, and where."""

    text: str
    url: str
    label: str


def suggestions() -> list[Suggestion]:
    """At most five, the most urgent first."""
    found: list[Suggestion] = []
    for source in (_drafts, _untested, _outdated, _untrained, _empty):
        found.extend(source())
    return found[:_MOST]


def _drafts() -> Iterator[Suggestion]:
    rows = TrainingDraft.objects.filter(submitted_at=None).select_related("project")
    for draft in rows[:2]:
        yield Suggestion(
            _("The training %(name)s in %(project)s is not finished.")
            % {"name": draft, "project": draft.project},
            reverse("resume", args=[draft.project_id, draft.pk]),
            _("Continue"),
        )


def _untested() -> Iterator[Suggestion]:
    tested = Evaluation.objects.filter(
        Q(custom_model1=OuterRef("pk")) | Q(custom_model2=OuterRef("pk"))
    )
    sound = Dataset.objects.filter(
        project=OuterRef("project"), kind=DatasetKind.ACOUSTIC, status=Status.SUCCEEDED
    )
    rows = CustomModel.objects.filter(~Exists(tested), Exists(sound), status=Status.SUCCEEDED)
    for model in rows.select_related("project")[:2]:
        yield Suggestion(
            _("%(name)s was never tested against its baseline.") % {"name": model},
            f"{reverse('new_test', args=[model.project_id])}?model={model.pk}",
            _("Create new test"),
        )


def _outdated() -> Iterator[Suggestion]:
    for project in Project.objects.select_related("resource")[:50]:
        model = project.models.filter(status=Status.SUCCEEDED).select_related("base_model").first()
        offered = BaseModel.objects.filter(resource=project.resource, locale=project.locale)
        newest = next((one for one in offered if one.can_adapt()), None)
        if model and newest and model.base_model and _is_newer(newest, model.base_model):
            yield Suggestion(
                _("Baseline model %(new)s is newer than the one of %(name)s.")
                % {"new": newest, "name": model},
                reverse("models", args=[project.pk]),
                _("Open models"),
            )


def _is_newer(one: BaseModel, other: BaseModel) -> bool:
    return bool(
        one.remote_created_at
        and other.remote_created_at
        and one.remote_created_at > other.remote_created_at
    )


def _untrained() -> Iterator[Suggestion]:
    data = Dataset.objects.filter(
        project=OuterRef("pk"), status=Status.SUCCEEDED, kind__in=TRAINING_KINDS
    )
    model = CustomModel.objects.filter(project=OuterRef("pk"))
    for project in Project.objects.filter(Exists(data), ~Exists(model))[:2]:
        yield Suggestion(
            _("%(project)s has data and no model yet.") % {"project": project},
            reverse("models", args=[project.pk]),
            _("Train a new model"),
        )


def _empty() -> Iterator[Suggestion]:
    data = Dataset.objects.filter(project=OuterRef("pk"))
    for project in Project.objects.filter(~Exists(data))[:2]:
        yield Suggestion(
            _("%(project)s has no data yet.") % {"project": project},
            reverse("new_dataset", args=[project.pk]),
            _("Upload data"),
        )
