"""What is worth doing next."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from training.enums import TRAINING_KINDS, DatasetKind, Role, Status, TestingKind
from training.models import BaseModel, CustomModel, Dataset, Project, Resource, TrainingDraft, User
from training.models.evaluation import evaluations_of
from training.permissions import is_trainer, projects_of

_MOST = 5


@dataclass(frozen=True)
class Suggestion:
    """One thing to do: a sentence, and where."""

    text: str
    url: str
    label: str


def suggestions(user: User) -> list[Suggestion]:
    """At most five in projects in which this person works, the most urgent first."""
    mine = projects_of(user, Role.TRAINER).filter(archived_at=None)
    found: list[Suggestion] = []
    for source in (_drafts, _elsewhere, _untested, _outdated, _untrained, _empty):
        if is_trainer(user) or source is not _elsewhere:
            found.extend(source(mine))
    return found[:_MOST]


def _drafts(mine: "QuerySet[Project]") -> Iterator[Suggestion]:
    rows = TrainingDraft.objects.filter(submitted_at=None, project__in=mine).select_related(
        "project"
    )
    for draft in rows[:2]:
        yield Suggestion(
            _("The training %(name)s in %(project)s is not finished.")
            % {"name": draft, "project": draft.project},
            draft.get_absolute_url(),
            _("Continue"),
        )


def _elsewhere(_mine: "QuerySet[Project]") -> Iterator[Suggestion]:
    rows = Resource.objects.annotate(n=Count("found_objects")).filter(n__gt=0)
    for resource in rows[:2]:
        text = ngettext(
            "%(n)d object on %(resource)s is not in a project.",
            "%(n)d objects on %(resource)s are not in a project.",
            resource.n,
        )
        yield Suggestion(
            text % {"n": resource.n, "resource": resource},
            reverse("elsewhere", args=[resource.pk]),
            _("Connect"),
        )


def _untested(mine: "QuerySet[Project]") -> Iterator[Suggestion]:
    tested = evaluations_of(OuterRef("pk")).filter(testing_kind=TestingKind.EVALUATION)
    sound = Dataset.objects.filter(
        project=OuterRef("project"), kind=DatasetKind.ACOUSTIC, status=Status.SUCCEEDED
    )
    rows = CustomModel.objects.filter(
        ~Exists(tested), Exists(sound), status=Status.SUCCEEDED, project__in=mine
    )
    for model in rows.select_related("project")[:2]:
        yield Suggestion(
            _("%(name)s was never tested against its baseline.") % {"name": model},
            f"{reverse('new_test', args=[model.project_id])}?model={model.pk}",
            _("Create new test"),
        )


def _outdated(mine: "QuerySet[Project]") -> Iterator[Suggestion]:
    newest = _newest_base_models()
    for model in _latest_models(mine):
        own = model.base_model
        family = own.family if own else ""
        base = newest.get((model.project.resource_id, model.project.locale, family))
        if base and own and _is_newer(base, own):
            yield Suggestion(
                _("Baseline model %(new)s is newer than the one of %(name)s.")
                % {"new": base, "name": model},
                reverse("models", args=[model.project_id]),
                _("Open models"),
            )


def _newest_base_models() -> dict[tuple[int, str, str], BaseModel]:
    """The newest that can be adapted, by resource, locale and family, in one query."""
    found: dict[tuple[int, str, str], BaseModel] = {}
    for base in BaseModel.objects.defer("raw"):
        if base.can_adapt():
            found.setdefault((base.resource_id, base.locale, base.family), base)
    return found


def _latest_models(projects: "QuerySet[Project]") -> "QuerySet[CustomModel]":
    """The last model that succeeded, of each project."""
    mine = CustomModel.objects.filter(project=OuterRef("pk"), status=Status.SUCCEEDED)
    latest = projects.annotate(latest=Subquery(mine.values("pk")[:1])).values("latest")
    rows = CustomModel.objects.filter(pk__in=list(latest.values_list("latest", flat=True)))
    return rows.select_related("base_model", "project")


def _is_newer(one: BaseModel, other: BaseModel) -> bool:
    return bool(
        one.remote_created_at
        and other.remote_created_at
        and one.remote_created_at > other.remote_created_at
    )


def _untrained(mine: "QuerySet[Project]") -> Iterator[Suggestion]:
    data = Dataset.objects.filter(
        project=OuterRef("pk"), status=Status.SUCCEEDED, kind__in=TRAINING_KINDS
    )
    model = CustomModel.objects.filter(project=OuterRef("pk"))
    for project in mine.filter(Exists(data), ~Exists(model))[:2]:
        yield Suggestion(
            _("%(project)s has data and no model yet.") % {"project": project},
            reverse("models", args=[project.pk]),
            _("Train a new model"),
        )


def _empty(mine: "QuerySet[Project]") -> Iterator[Suggestion]:
    data = Dataset.objects.filter(project=OuterRef("pk"))
    copied = CustomModel.objects.filter(project=OuterRef("pk"))
    for project in mine.filter(~Exists(data), ~Exists(copied))[:2]:
        yield Suggestion(
            _("%(project)s has no data yet.") % {"project": project},
            reverse("new_dataset", args=[project.pk]),
            _("Upload data"),
        )
