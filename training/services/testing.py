"""From a draft to a test that is on its way."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from training.enums import DatasetKind, SecondModel, TestingKind
from training.models import CustomModel, Evaluation, Project, TestDraft, User
from training.services import evaluation
from training.services.once import of_project
from training.wizards.steps import NotReady
from training.wizards.testing import review

_BEGINNING = ("kind", "dataset", "custom_model1", "base_model1", "second", "custom_model2")


def proposed(project: Project, models: Sequence[int], dataset: int) -> TestDraft:
    """A draft that is not kept yet, of custom models and a dataset by their keys.

    Keys of other projects, and of what cannot be used, are passed over; without a model the
    newest one is proposed.
    """
    usable = project.models.filter(status="Succeeded").select_related("base_model")
    by_key = usable.in_bulk(list(models[:2]))
    chosen: list[CustomModel] = [by_key[key] for key in models[:2] if key in by_key]
    chosen = chosen or list(usable[:1])
    draft = TestDraft(project=project, dataset=project.datasets.filter(pk=dataset).first())
    if draft.dataset is not None and draft.dataset.kind == DatasetKind.AUDIO_FILES:
        draft.kind = TestingKind.INSPECTION
    draft.custom_model1 = chosen[0] if chosen else None
    draft.base_model1 = None if chosen else project.base_models.first()
    if len(chosen) == 2:
        draft.second, draft.custom_model2 = SecondModel.CHOSEN, chosen[1]
    return draft


def start(draft: TestDraft, user: User, key: UUID) -> TestDraft:
    """Keep a draft that was proposed, or find the one that the same form made before."""
    values: dict[str, Any] = {name: getattr(draft, name) for name in _BEGINNING}
    kept, _made = TestDraft.objects.get_or_create(
        submission_key=key,
        defaults={
            **values,
            "project": draft.project,
            "visited": ["kind"],
            "created_by": user,
            "updated_by": user,
        },
    )
    return of_project(kept, draft.project)


def open_drafts(project: Project) -> "QuerySet[TestDraft]":
    """Drafts that have not become a test, last changed first."""
    return project.test_drafts.filter(submitted_at=None).select_related("updated_by")


@transaction.atomic
def submit(draft: TestDraft, user: User) -> Evaluation:
    """Make the test of a draft, once: a second call gives the same test.

    Raises NotReady when the strict review finds problems; the draft stays as it was.
    """
    now = timezone.now()
    won = TestDraft.objects.filter(pk=draft.pk, submitted_at=None).update(submitted_at=now)
    draft.refresh_from_db()
    if not won:
        return Evaluation.objects.get(submission_key=draft.submission_key)
    if problems := review(draft):
        raise NotReady(problems)
    if draft.dataset is None or draft.model1 is None:
        raise RuntimeError("The review let a test without a dataset or model pass.")
    test = evaluation.create(
        project=draft.project,
        testing_kind=draft.kind,
        dataset=draft.dataset,
        model1=draft.model1,
        model2=draft.model2 or draft.model1,
        display_name=draft.display_name,
        description=draft.description,
        user=user,
        submission_key=draft.submission_key,
    )
    TestDraft.objects.filter(pk=draft.pk).update(result=test, updated_by=user)
    return test
