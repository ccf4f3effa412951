"""Creating tests."""

from typing import Any
from uuid import UUID

from django.db import transaction

from training.enums import Submission, TestingKind
from training.models import BaseModel, CustomModel, Dataset, Evaluation, Event, Project, User
from training.services import events
from training.services.doorbell import submit_soon


@transaction.atomic
def create(
    *,
    project: Project,
    dataset: Dataset,
    model1: CustomModel | BaseModel,
    model2: CustomModel | BaseModel,
    display_name: str,
    description: str,
    user: User | None,
    submission_key: UUID,
    testing_kind: str = TestingKind.EVALUATION,
) -> Evaluation:
    """A new test, or the one that the same key made before; the same model twice is one model.

    A test of a model that is still being trained waits until the model has succeeded.
    """
    waits = any(isinstance(m, CustomModel) and not m.succeeded for m in (model1, model2))
    evaluation, made = Evaluation.objects.get_or_create(
        submission_key=submission_key,
        defaults={
            "project": project,
            "testing_kind": testing_kind,
            "dataset": dataset,
            **_reference(1, model1),
            **_reference(2, model2),
            "display_name": display_name,
            "description": description,
            "created_by": user,
            "submission": Submission.WAITING if waits else Submission.SUBMITTING,
        },
    )
    if made:
        events.record(Event.Verb.CREATED, evaluation, user)
    if made and not waits:
        submit_soon(evaluation)
    return evaluation


def _reference(number: int, model: CustomModel | BaseModel) -> dict[str, Any]:
    kind = "custom" if isinstance(model, CustomModel) else "base"
    return {f"{kind}_model{number}": model}
