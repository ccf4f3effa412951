"""Renewal: a draft that is filled in, and plans that renew by themselves."""

import re
from datetime import timedelta

import pytest
import responses
from django.utils import timezone

from tests.factories import (
    BaseModelFactory,
    CustomModelFactory,
    DatasetFactory,
    UserFactory,
)
from training.models import CustomModel, Endpoint, Evaluation, Event, RenewalPlan, TrainingDraft
from training.services import events, removal, renewal, retraining, submission, sync
from training.speechapi import types

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def ada():
    return UserFactory(username="ada")


@pytest.fixture
def old():
    base = BaseModelFactory(remote_created_at=timezone.now() - 400 * DAY, display_name="20250310")
    model = CustomModelFactory(
        display_name="Harbour 20250310", base_model=base, project__resource=base.resource,
        transcription_expires_at=timezone.now() + 40 * DAY, weight_percent=70,
        description="Of the north",
    )  # fmt: skip
    model.datasets.add(DatasetFactory(project=model.project))
    BaseModelFactory(resource=base.resource, display_name="20260920")
    return model


@pytest.fixture
def sound(old):
    return DatasetFactory(project=old.project, kind="Acoustic", display_name="Radio")


def plan_for(old, sound, ada, **more):
    plan = RenewalPlan(model=old, test_dataset=sound, person=ada, days_before=45, **more)
    renewal.keep(plan, ada)
    return plan


def step(plan):
    RenewalPlan.objects.filter(pk=plan.pk).update(due_at=timezone.now())
    renewal.advance(plan.pk)
    plan.refresh_from_db()
    return plan.state


def entity(row, status, **more):
    body = {"self": row.remote_self or f"http://speech.test/x/{row.pk}", "status": status, **more}
    kind = types.CustomModel if isinstance(row, CustomModel) else types.Evaluation
    return kind.parse(body)


def rates(new, old):
    values = {"wordCount": 100, "sentenceCount": 10}
    found = {f"{name}{n}": value for name, value in values.items() for n in (1, 2)}
    return {"properties": {"wordErrorRate1": new, "wordErrorRate2": old, **found}}


def trained(plan):
    """The service has trained and tested."""
    plan.refresh_from_db()
    sync.submitted(plan.candidate, entity(plan.candidate, "Succeeded"))


def heard(plan, new, old):
    plan.refresh_from_db()
    sync.submitted(plan.evaluation, entity(plan.evaluation, "Succeeded", **rates(new, old)))


def test_one_click_fills_in_a_draft_that_can_be_submitted(old, sound, ada):
    draft = retraining.draft_of(old, ada)
    assert retraining.draft_of(old, ada) == draft
    assert (draft.display_name, draft.base_model.display_name) == ("Harbour 20260920", "20260920")
    assert (draft.weight_percent, draft.description) == (70, "Of the north")
    assert list(draft.datasets.all()) == list(old.datasets.all())
    assert (draft.test_dataset, draft.second_model) == (sound, old)
    model = submission.submit(draft, ada)
    assert model.renews == old
    test = Evaluation.objects.get()
    assert (test.model1, test.model2, test.submission) == (model, old, "waiting")
    assert retraining.draft_of(old, ada) != draft


def test_a_weight_that_the_service_chose_is_chosen_anew(old, ada):
    TrainingDraft.objects.create(project=old.project, created_by=ada, result=old)
    assert retraining.draft_of(old, ada).weight_percent is None


def test_a_newer_baseline_is_named_where_there_is_one(old):
    assert retraining.newer_base_model(old).display_name == "20260920"
    newest = CustomModelFactory(project=old.project, base_model=retraining.newer_base_model(old))
    assert retraining.newer_base_model(newest) is None
    shown = {row.pk: row.newest_release for row in
             retraining.with_newest_base(CustomModel.objects.all())}  # fmt: skip
    assert shown[old.pk] == newest.base_model.remote_created_at


def test_another_family_is_no_newer_release(old):
    base = BaseModelFactory(
        resource=old.project.resource, remote_created_at=timezone.now() - 9 * DAY,
        display_name="20261110 Whisper",
    )  # fmt: skip
    model = CustomModelFactory(
        project=old.project, base_model=base, display_name="Quay 20261110 Whisper"
    )
    assert retraining.newer_base_model(model) is None
    rows = retraining.with_newest_base(CustomModel.objects.filter(pk=model.pk))
    assert rows.get().newest_release == base.remote_created_at
    newer = BaseModelFactory(resource=old.project.resource, display_name="20270110 Whisper")
    assert retraining.newer_base_model(model) == newer
    assert retraining.renewed_name(model, newer) == "Quay 20270110 Whisper"
    assert retraining.newer_base_model(old).display_name == "20260920"


def test_without_a_base_model_nothing_begins(old, sound, ada):
    type(old.base_model).objects.update(adaptation_expires_at=timezone.now() - DAY)
    with pytest.raises(retraining.NoBaseModel):
        retraining.draft_of(old, ada)
    plan = plan_for(old, sound, ada)
    assert step(plan) == "waiting"
    assert "No baseline model" in plan.trouble


def test_a_plan_waits_for_its_day(old, sound, ada):
    plan = plan_for(old, sound, ada)
    RenewalPlan.objects.update(days_before=30)
    assert step(plan) == "waiting"
    assert plan.due_at > timezone.now() + timedelta(minutes=50)
    assert not TrainingDraft.objects.exists()


def test_a_plan_asks_a_person_with_the_result(old, sound, ada):
    plan = plan_for(old, sound, ada)
    assert step(plan) == "training"
    assert step(plan) == "training"
    assert CustomModel.objects.filter(renews=old).count() == 1
    trained(plan)
    assert step(plan) == "testing"
    heard(plan, 0.2, 0.25)
    assert step(plan) == "deciding"
    assert renewal.due() == []
    assert events.notices(ada).filter(verb="asked").count() == 1
    assert [renewal.accept(plan, ada) for _ in range(2)] == [True, False]
    new = plan.candidate
    assert step(plan) == "waiting"
    assert (plan.model, plan.candidate) == (new, None)
    verbs = Event.objects.filter(kind="custommodel").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["planned", "created", "renewing", "succeeded", "asked", "accepted"]


@responses.activate
@pytest.mark.parametrize(
    ("new", "gate", "state"), [(0.255, 2, "moving"), (0.26, 2, "deciding"), (0.2, 0, "moving")]
)
def test_a_plan_that_decides_by_itself_keeps_to_its_gate(old, sound, ada, new, gate, state):
    plan = plan_for(old, sound, ada, decides="itself", gate_percent=gate)
    step(plan)
    trained(plan)
    step(plan)
    heard(plan, new, 0.25)
    assert step(plan) == state
    assert ("gate" in plan.trouble) == (state == "deciding")


@responses.activate
def test_endpoints_are_moved_one_by_one_whatever_breaks(old, sound, ada):
    live = [
        Endpoint.objects.create(
            project=old.project, custom_model=old, display_name=f"Live {n}", status="Succeeded",
            submission="submitted", remote_self=f"http://speech.test/speechtotext/v3.2/e/{n}",
        )
        for n in (1, 2)
    ]  # fmt: skip
    answers = iter([200, 503, 200])

    def answer(request):
        status = next(answers)
        body = f'{{"self": "{request.url}", "displayName": "Live", "status": "Succeeded"}}'
        return status, {}, body if status == 200 else "{}"

    responses.add_callback(responses.PATCH, re.compile(r".*/e/\d$"), answer)
    plan = plan_for(old, sound, ada)
    new = CustomModelFactory(project=old.project, renews=old)
    RenewalPlan.objects.update(state="deciding", candidate=new)
    plan.refresh_from_db()
    renewal.accept(plan, ada)
    assert step(plan) == "moving"
    assert plan.trouble
    assert {one.custom_model for one in Endpoint.objects.all()} == {old, new}
    assert step(plan) == "waiting"
    assert plan.trouble == ""
    assert {one.custom_model for one in Endpoint.objects.all()} == {new}
    assert len(responses.calls) == 3
    assert Event.objects.filter(kind="endpoint", verb="changed").count() == len(live)


def test_a_failed_training_stops_the_plan_with_its_reason(old, sound, ada):
    plan = plan_for(old, sound, ada)
    step(plan)
    sync.refused(plan.candidate, "InvalidData", "No line can be used.")
    assert step(plan) == "stopped"
    assert "No line can be used." in plan.trouble
    assert old.endpoints.count() == 0


def test_a_failed_test_leaves_it_to_the_person(old, sound, ada):
    plan = plan_for(old, sound, ada, decides="itself")
    step(plan)
    trained(plan)
    step(plan)
    sync.refused(plan.evaluation, "X", "Broken")
    assert step(plan) == "deciding"
    assert "test could not be done" in plan.trouble


def test_a_plan_can_be_stopped_and_started_again(old, sound, ada):
    plan = plan_for(old, sound, ada)
    step(plan)
    assert [renewal.stop(plan, ada) for _ in range(2)] == [True, False]
    assert step(plan) == "stopped"
    trained(plan)
    assert step(plan) == "stopped"
    renewal.keep(plan, ada)
    assert (plan.state, plan.candidate) == ("waiting", None)


def test_a_rejected_model_takes_no_place(old, sound, ada):
    plan = plan_for(old, sound, ada)
    step(plan)
    trained(plan)
    step(plan)
    heard(plan, 0.2, 0.25)
    step(plan)
    assert [renewal.reject(plan, ada) for _ in range(2)] == [True, False]
    assert (plan.state, plan.model) == ("stopped", old)
    assert not renewal.accept(plan, ada)


def test_settings_changed_while_it_works_leave_its_state(old, sound, ada):
    plan = plan_for(old, sound, ada)
    stale = RenewalPlan.objects.get(pk=plan.pk)
    step(plan)
    stale.refresh_from_db()
    worker = RenewalPlan.objects.get(pk=plan.pk)
    stale.gate_percent = 9
    trained(worker)
    step(worker)
    renewal.keep(stale, ada)
    worker.refresh_from_db()
    assert (worker.state, worker.gate_percent) == ("testing", 9)


def test_a_kill_before_the_commit_leaves_nothing(old, sound, ada, monkeypatch):
    plan = plan_for(old, sound, ada)
    monkeypatch.setattr(renewal, "crashpoint", lambda name: name.endswith("commit") and 1 / 0)
    with pytest.raises(ZeroDivisionError):
        step(plan)
    monkeypatch.undo()
    assert not CustomModel.objects.filter(renews=old).exists()
    assert not TrainingDraft.objects.exists()
    assert step(plan) == "training"
    assert CustomModel.objects.filter(renews=old).count() == 1


def moving(old, sound, ada, **more):
    plan = plan_for(old, sound, ada)
    new = CustomModelFactory(project=old.project, renews=old, **more)
    RenewalPlan.objects.update(state="deciding", candidate=new)
    plan.refresh_from_db()
    renewal.accept(plan, ada)
    return plan, new


def live_endpoint(old, number, **more):
    return Endpoint.objects.create(
        project=old.project, custom_model=old, display_name=f"Live {number}",
        remote_self=f"http://speech.test/speechtotext/v3.2/e/{number}",
        **{"status": "Succeeded", "submission": "submitted", **more},
    )  # fmt: skip


@responses.activate
def test_one_endpoint_that_cannot_be_moved_keeps_back_no_other(old, sound, ada):
    gone, refuses, fine = (live_endpoint(old, number) for number in (1, 2, 3))
    live_endpoint(old, 4, status="", submission="refused")
    responses.patch(gone.remote_self, status=404, json={"code": "NotFound", "message": "no"})
    responses.patch(refuses.remote_self, status=400, json={"code": "Conflict", "message": "Busy."})
    body = {"self": fine.remote_self, "displayName": "Live", "status": "Succeeded"}
    responses.patch(fine.remote_self, json=body)
    plan, new = moving(old, sound, ada)
    for _ in range(3):
        assert step(plan) == "moving"
    fine.refresh_from_db()
    assert fine.custom_model == new
    assert "Live 2" in plan.trouble
    assert Event.objects.filter(verb="not_renewed").count() == 1
    assert Event.objects.filter(kind="endpoint", verb="changed").get().person == ada
    Endpoint.objects.filter(pk=refuses.pk).update(custom_model=new)
    assert step(plan) == "waiting"


def test_a_new_model_whose_day_is_too_near_ends_the_plan(old, sound, ada):
    plan, new = moving(old, sound, ada, transcription_expires_at=timezone.now() + 30 * DAY)
    assert step(plan) == "stopped"
    assert (plan.model, "too near" in plan.trouble) == (new, True)
    assert CustomModel.objects.filter(renews=new).count() == 0


def test_a_new_model_with_a_plan_of_its_own_keeps_it(old, sound, ada):
    plan, new = moving(old, sound, ada)
    own = RenewalPlan(model=new, test_dataset=sound, person=ada)
    renewal.keep(own, ada)
    assert step(plan) == "stopped"
    assert plan.model == old
    assert RenewalPlan.objects.get(model=new).state == "waiting"


def test_the_same_plan_saved_twice_is_one(old, sound, ada):
    for gate in (1, 2):
        renewal.keep(RenewalPlan(model=old, test_dataset=sound, gate_percent=gate), ada)
    assert RenewalPlan.objects.get().gate_percent == 2
    assert Event.objects.filter(verb="planned").count() == 1


def test_a_stopped_plan_is_deleted_and_frees_its_data(old, sound, ada):
    plan = plan_for(old, sound, ada)
    assert not renewal.forget(plan)
    assert removal.examine([sound], UserFactory())[0].users
    renewal.stop(plan, ada)
    assert [renewal.forget(plan) for _ in range(2)] == [True, False]
    assert not removal.examine([sound], UserFactory())[0].users


def test_a_plan_that_cannot_begin_tells_once(old, sound, ada):
    type(old.base_model).objects.update(adaptation_expires_at=timezone.now() - DAY)
    plan = plan_for(old, sound, ada)
    for _ in range(3):
        step(plan)
    assert Event.objects.filter(verb="not_renewed").count() == 1


def test_a_fault_of_our_own_waits(old, sound, ada, monkeypatch):
    plan = plan_for(old, sound, ada)
    monkeypatch.setattr(retraining, "new_draft", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        step(plan)
    assert renewal.due() == []


def test_the_proposed_test_was_not_trained_with(old, sound, ada):
    assert retraining.usual_test_dataset(old) == sound
    old.datasets.add(sound)
    assert retraining.usual_test_dataset(old) is None
