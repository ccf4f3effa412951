"""The pages of renewal."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import BaseModelFactory, CustomModelFactory, DatasetFactory, UserFactory
from training.grids import rowcache
from training.models import Evaluation, Membership, RenewalPlan, TrainingDraft
from training.services import datekeeping


@pytest.fixture
def user(client, db):
    found = UserFactory(username="ada")
    client.force_login(found)
    return found


@pytest.fixture
def model(user):
    found = CustomModelFactory(
        display_name="Harbour", transcription_expires_at=timezone.now() + timedelta(days=20)
    )
    Membership.objects.create(project=found.project, person=user, role="owner")
    DatasetFactory(project=found.project, kind="Acoustic", display_name="Radio")
    datekeeping.refresh()
    return found


def address(name, model):
    return reverse(name, args=[model.project_id, model.pk])


def values(model, user, **more):
    sound = model.project.datasets.get(kind="Acoustic")
    return {
        "days_before": "45", "test_dataset": sound.pk, "gate_percent": "2", "decides": "person",
        "person": user.pk, **more,
    }  # fmt: skip


def test_retraining_opens_the_wizard_filled_in(client, model):
    answer = client.post(address("retrain", model))
    draft = TrainingDraft.objects.get()
    assert answer.url == reverse("wizard", args=[model.project_id, draft.pk, "review"])
    assert client.post(address("retrain", model)).url == answer.url
    page = client.get(answer.url).text
    assert "Radio, against Harbour" in page


def test_a_models_page_says_what_presses_and_what_is_newer(client, model):
    BaseModelFactory(resource=model.project.resource, display_name="20270101")
    page = client.get(model.get_absolute_url()).text
    assert "This model expires soon." in page
    assert "A newer baseline is available: 20270101." in page
    assert "newer available" in client.get(reverse("models", args=[model.project_id])).text


def test_without_a_baseline_the_click_says_so(client, model):
    type(model.base_model).objects.update(adaptation_expires_at=timezone.now())
    page = client.post(address("retrain", model), follow=True).text
    assert "no baseline model that can be adapted" in page


def test_a_plan_is_made_changed_and_stopped(client, model, user):
    path = address("renewal", model)
    assert "Keep it fresh" in client.get(path).text
    assert client.post(path, values(model, user)).url == path
    assert client.post(path, values(model, user, gate_percent="5")).url == path
    plan = RenewalPlan.objects.get()
    assert (plan.gate_percent, plan.state) == (5, "waiting")
    page = client.get(path).text
    assert "Waits for its day" in page
    assert "Renewal plan" in client.get(model.get_absolute_url()).text
    page = client.post(address("decide_renewal", model), {"action": "stop"}, follow=True).text
    assert "Save and start again" in page
    page = client.post(address("decide_renewal", model), {"action": "stop"}, follow=True).text
    assert "Nothing was changed" in page


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"days_before": "0"}, "greater than or equal to 1"),
        ({"test_dataset": ""}, "This field is required"),
        ({"gate_percent": "x"}, "Enter a whole number"),
        ({"person": ""}, "This field is required"),
    ],
)
def test_a_plan_without_its_parts_is_explained(client, model, user, more, message):
    page = client.post(address("renewal", model), values(model, user, **more)).text
    assert message in page
    assert "There is a problem" in page
    assert not RenewalPlan.objects.exists()


def test_training_data_is_no_test(client, model, user):
    model.datasets.add(model.project.datasets.get(kind="Acoustic"))
    page = client.post(address("renewal", model), values(model, user)).text
    assert "was trained with it" in page


def test_a_decision_is_made_in_front_of_the_result(client, model, user):
    client.post(address("renewal", model), values(model, user))
    new = CustomModelFactory(project=model.project, renews=model, display_name="Harbour new")
    test = Evaluation.objects.create(
        project=model.project, dataset=model.project.datasets.get(kind="Acoustic"),
        custom_model1=new, custom_model2=model, display_name="T", status="Succeeded",
        submission="submitted", results1={"word_error_rate": 0.2},
        results2={"word_error_rate": 0.25},
    )  # fmt: skip
    RenewalPlan.objects.update(state="deciding", candidate=new, evaluation=test)
    page = client.get(address("renewal", model)).text
    assert "20.0%" in page
    assert "Gate passed" in page
    page = client.post(address("decide_renewal", model), {"action": "accept"}, follow=True).text
    assert "takes its place" in page
    assert RenewalPlan.objects.get().state == "moving"


def test_an_outsider_decides_nothing(client, model, user):
    client.post(address("renewal", model), values(model, user))
    client.logout()
    for name in ("renewal", "decide_renewal", "retrain"):
        answer = client.post(address(name, model), {"action": "stop"})
        assert answer.url.startswith("/accounts/login/")
    assert RenewalPlan.objects.get().state == "waiting"


def test_deadlines_say_that_a_renewal_is_planned(client, model, user):
    client.post(address("renewal", model), values(model, user))
    assert "renewal planned" in client.get(reverse("deadlines")).text
    client.post(address("decide_renewal", model), {"action": "stop"})
    rowcache.forget()
    assert "renewal planned" not in client.get(reverse("deadlines")).text


def test_a_plan_that_went_on_is_not_made_again(client, model, user):
    client.post(address("renewal", model), values(model, user))
    new = CustomModelFactory(project=model.project, renews=model, display_name="Harbour new")
    BaseModelFactory(resource=model.project.resource, display_name="20270101")
    assert "A newer baseline" not in client.get(model.get_absolute_url()).text
    RenewalPlan.objects.update(model=new)
    page = client.get(address("renewal", model)).text
    assert "Its plan goes on there." in page
    assert "Keep it fresh" not in page
    answer = client.post(address("renewal", model), values(model, user), follow=True)
    assert "the plan has moved on" in answer.text
    assert RenewalPlan.objects.get().model == new


def test_a_plan_page_keeps_itself_up_to_date(client, model, user):
    client.post(address("renewal", model), values(model, user))
    token = re.search(r"since=([^\"]+)", client.get(address("renewal", model)).text).group(1)
    asked = f"{address('renewal', model)}?since={token}"
    poll = {"HX-Request": "true"}
    assert client.get(asked, headers=poll).status_code == 204
    RenewalPlan.objects.update(state="testing", changed_at=timezone.now())
    part = client.get(asked, headers=poll).text
    assert "Both models are being tested" in part
    assert '<form class="card form"' not in part
