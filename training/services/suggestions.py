"""What is worth doing next."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from training.enums import TRAINING_KINDS, DatasetKind, Status
from training.models import BaseModel, CustomModel, Dataset, Project, TrainingDraft
from training.models.evaluation import evaluations_of

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
    tested = evaluations_of(OuterRef("pk"))
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
    newest = _newest_base_models()
    for model in _latest_models():
        base = newest.get((model.project.resource_id, model.project.locale))
        if base and model.base_model and _is_newer(base, model.base_model):
            yield Suggestion(
                _("Baseline model %(new)s is newer than the one of %(name)s.")
                % {"new": base, "name": model},
                reverse("models", args=[model.project_id]),
                _("Open models"),
            )


def _newest_base_models() -> dict[tuple[int, str], BaseModel]:
    """The newest that can be adapted, by resource and locale, in one query."""
    found: dict[tuple[int, str], BaseModel] = {}
    for base in BaseModel.objects.defer("raw"):
        if base.can_adapt():
            found.setdefault((base.resource_id, base.locale), base)
    return found


def _latest_models() -> "QuerySet[CustomModel]":
    """The last model that succeeded, of each project."""
    mine = CustomModel.objects.filter(project=OuterRef("pk"), status=Status.SUCCEEDED)
    latest = Project.objects.annotate(latest=Subquery(mine.values("pk")[:1])).values("latest")
    rows = CustomModel.objects.filter(pk__in=list(latest.values_list("latest", flat=True)))
    return rows.select_related("base_model", "project")


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
