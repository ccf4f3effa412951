"""Submission against a service that fails: never two objects, never none."""

import uuid

import pytest
import requests
import responses
from django.utils import timezone

from tests.factories import CustomModelFactory, DatasetFactory, ProjectFactory, UserFactory
from training.models import CustomModel, Evaluation, Project, Resource, TrainingDraft
from training.services import evaluation, outbox, polling, submission
from training.services.couriers import KEY_PROPERTY

ROOT = "http://speech.test/speechtotext/v3.2"


@pytest.fixture
def project(db):
    return ProjectFactory(submission="submitting", remote_self="", display_name="P")


def answer(row, kind="projects", **more):
    return {
        "self": f"{ROOT}/{kind}/{uuid.uuid4()}",
        "displayName": row.display_name,
        "locale": "en-US",
        "createdDateTime": "2026-01-01T00:00:00Z",
        "customProperties": {KEY_PROPERTY: str(row.submission_key)},
        **more,
    }


def due_now(row):
    type(row).objects.filter(pk=row.pk).update(due_at=timezone.now())
    outbox.submit(row._meta.model_name, row.pk)
    row.refresh_from_db()


@responses.activate
def test_a_lost_answer_is_looked_up_before_anything_is_sent_again(project):
    lost = responses.post(f"{ROOT}/projects", body=requests.ReadTimeout())
    made = answer(project)
    found = responses.get(f"{ROOT}/projects", json={"values": [made]})
    due_now(project)
    assert "did not answer in time" in project.trouble
    due_now(project)
    assert (project.submission, project.remote_self) == ("submitted", made["self"])
    assert (lost.call_count, found.call_count) == (1, 1)
    assert project.trouble == ""


@responses.activate
def test_what_never_arrived_is_sent_again(project):
    responses.post(f"{ROOT}/projects", status=500)
    responses.post(f"{ROOT}/projects", status=201, json=answer(project))
    responses.get(f"{ROOT}/projects", json={"values": []})
    due_now(project)
    due_now(project)
    assert project.submission == "submitted"


@responses.activate
def test_a_refusal_is_final_and_says_why(project):
    inner = {"code": "InvalidLocale", "message": "No such locale."}
    body = {"code": "InvalidRequest", "message": "Bad", "innerError": inner}
    responses.post(f"{ROOT}/projects", status=400, json=body)
    due_now(project)
    assert (project.submission, project.error_code) == ("refused", "InvalidLocale")
    assert project.error_message.startswith("No such locale.")
    due_now(project)
    assert len(responses.calls) == 1


@responses.activate
def test_the_services_wish_to_wait_is_kept(project):
    responses.post(f"{ROOT}/projects", status=429, headers={"Retry-After": "120"})
    due_now(project)
    assert (project.due_at - timezone.now()).total_seconds() > 110


def test_a_row_that_somebody_holds_is_left_alone(project):
    later = timezone.now() + timezone.timedelta(seconds=10)
    Project.objects.update(claimed_until=later)
    outbox.submit("project", project.pk)
    project.refresh_from_db()
    assert project.attempts == 0


def test_data_waits_for_its_project(project):
    dataset = DatasetFactory(project=project, submission="submitting", remote_self="", status="")
    due_now(dataset)
    assert dataset.submission == "submitting"
    assert "service knows the project" in dataset.trouble


@responses.activate
def test_a_poll_brings_status_dates_and_reasons(db):
    model = CustomModelFactory(status="Running")
    seen = answer(model, "models", status="Succeeded") | {"self": model.remote_self}
    seen["properties"] = {
        "deprecationDates": {"transcriptionDateTime": "2028-01-15T00:00:00Z"},
        "customModelWeightPercent": 30,
    }
    responses.get(f"{ROOT}/models", json={"values": [seen]}, headers={"Retry-After": "9"})
    polling.poll(model.resource.pk)
    model.refresh_from_db()
    assert (model.status, model.weight_percent) == ("Succeeded", 30)
    assert model.transcription_expires_at.year == 2028
    assert polling.due_resources() == []


@responses.activate
@pytest.mark.parametrize(
    "fault",
    [
        {"status": 500},
        {"status": 429},
        {"body": "garbage"},
        {"body": requests.ConnectionError("x")},
    ],
)
def test_a_failing_poll_says_so_and_recovers(db, fault):
    model = CustomModelFactory(status="Running")
    responses.get(f"{ROOT}/models", **fault)
    polling.poll(model.resource.pk)
    resource = Resource.objects.get()
    assert resource.trouble
    assert resource.poll_due_at > timezone.now()
    Resource.objects.update(poll_due_at=timezone.now())
    responses.reset()
    seen = answer(model, "models", status="Running") | {"self": model.remote_self}
    responses.get(f"{ROOT}/models", json={"values": [seen]})
    polling.poll(resource.pk)
    assert Resource.objects.get().trouble == ""


@responses.activate
def test_a_model_deleted_elsewhere_is_told(db):
    model = CustomModelFactory(status="Running")
    responses.get(f"{ROOT}/models", json={"values": []})
    responses.get(model.remote_self, status=404, json={"code": "NotFound", "message": "gone"})
    polling.poll(model.resource.pk)
    model.refresh_from_db()
    assert model.status == "Failed"
    assert "no longer exists" in model.error_message


@responses.activate
@pytest.mark.parametrize(
    ("status", "expected"), [("Succeeded", "submitting"), ("Failed", "refused")]
)
def test_the_test_starts_when_its_model_has_succeeded(db, status, expected):
    model = CustomModelFactory(status="Running")
    dataset = DatasetFactory(project=model.project, kind="Acoustic")
    test = evaluation.create(
        project=model.project,
        dataset=dataset,
        model1=model,
        model2=model.base_model,
        display_name="T",
        description="",
        user=None,
        submission_key=uuid.uuid4(),
    )
    assert test.submission == "waiting"
    seen = answer(model, "models", status=status) | {"self": model.remote_self}
    responses.get(f"{ROOT}/models", json={"values": [seen]})
    polling.poll(model.resource.pk)
    test.refresh_from_db()
    assert test.submission == expected


def test_a_draft_makes_one_model_however_often_it_is_sent(db):
    user = UserFactory()
    made = CustomModelFactory()
    dataset = DatasetFactory(project=made.project)
    draft = TrainingDraft.objects.create(
        project=made.project, base_model=made.base_model, display_name="Once", created_by=user
    )
    with pytest.raises(submission.NotReady):
        submission.submit(draft, user)
    draft.refresh_from_db()
    assert draft.submitted_at is None
    draft.datasets.add(dataset)
    first = submission.submit(draft, user)
    assert submission.submit(draft, user) == first
    assert CustomModel.objects.filter(display_name="Once").count() == 1
    assert Evaluation.objects.count() == 0
