"""From a draft to a model that is on its way."""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from training.models import CustomModel, Event, TrainingDraft, User
from training.services import evaluation, events
from training.services.doorbell import submit_soon
from training.wizards.steps import NotReady
from training.wizards.training import review


@transaction.atomic
def submit(draft: TrainingDraft, user: User) -> CustomModel:
    """Make the model of a draft, once: a second call gives the same model.

    Raises NotReady when the strict review finds problems; the draft stays as it was.
    """
    now = timezone.now()
    won = TrainingDraft.objects.filter(pk=draft.pk, submitted_at=None).update(submitted_at=now)
    draft.refresh_from_db()
    if not won:
        return CustomModel.objects.get(draft=draft)
    problems = review(draft)
    if problems:
        raise NotReady(problems)
    model = _make_model(draft, user)
    TrainingDraft.objects.filter(pk=draft.pk).update(result=model, updated_by=user)
    if draft.add_test:
        _make_test(draft, model, user)
    submit_soon(model)
    return model


def _make_model(draft: TrainingDraft, user: User) -> CustomModel:
    model = CustomModel.objects.create(
        project=draft.project,
        base_model=draft.base_model,
        display_name=draft.display_name,
        description=draft.description,
        weight_percent=draft.weight_percent,
        renews=draft.renews,
        created_by=user,
    )
    model.datasets.set(draft.datasets.all())
    events.record(Event.Verb.CREATED, model, user)
    return model


def _make_test(draft: TrainingDraft, model: CustomModel, user: User) -> None:
    second = draft.second_model
    if draft.test_dataset is None or second is None:
        raise RuntimeError("The review let a test without a dataset or second model pass.")
    evaluation.create(
        project=draft.project,
        dataset=draft.test_dataset,
        model1=model,
        model2=second,
        display_name=_("Test of %(model)s") % {"model": model.display_name},
        description="",
        user=user,
        submission_key=uuid.uuid4(),
    )
