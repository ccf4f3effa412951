"""Stopping a training or a test from its page."""

import pytest

from tests.factories import (
    CustomModelFactory,
    DatasetFactory,
    ProjectFactory,
    ResourceFactory,
    UserFactory,
)
from tests.fakes import FakeSpeechClient
from training.models import Evaluation, Event
from training.speechapi.errors import SpeechApiError

pytestmark = pytest.mark.django_db


@pytest.fixture
def fake(monkeypatch):
    fake = FakeSpeechClient()
    monkeypatch.setattr("training.services.connection.SpeechClient", lambda *_a, **_k: fake)
    return fake


@pytest.fixture
def user(client):
    user = UserFactory()
    client.force_login(user)
    return user


def running(**more):
    project = ProjectFactory(resource=ResourceFactory(is_local=True))
    return CustomModelFactory(project=project, status="Running", **more)


def stop(row):
    return f"{row.get_absolute_url()}stop/"


def test_a_training_is_stopped_after_one_question(client, fake, user):
    row = running(created_by=user)
    assert stop(row) in client.get(row.get_absolute_url()).text
    assert "What it has learned so far is lost" in client.get(stop(row)).text
    page = client.post(stop(row), follow=True).text
    row.refresh_from_db()
    assert (row.status, row.error_code) == ("Failed", "Canceled")
    assert "It was stopped before it had finished." in page
    assert stop(row) not in page
    verbs = Event.objects.filter(object_id=row.pk).order_by("pk")
    assert [(one.verb, one.person) for one in verbs] == [("changed", user), ("failed", None)]
    assert client.post(stop(row), follow=True).status_code == 200
    assert len([call for call in fake.calls if call[0] == "cancel"]) == 1


def test_a_test_is_stopped(client, fake, user):
    model = running(created_by=user)
    test = Evaluation.objects.create(
        project=model.project, dataset=DatasetFactory(project=model.project, kind="Acoustic"),
        custom_model1=model, custom_model2=model, display_name="Test", submission="submitted",
        status="Running", remote_self="http://speech.test/speechtotext/v3.2/evaluations/1",
    )  # fmt: skip
    assert "Stop the test" in client.get(stop(test)).text
    client.post(stop(test))
    test.refresh_from_db()
    assert test.status == "Failed"


def test_azure_s_cannot_be_stopped(client, fake, user):
    row = CustomModelFactory(status="Running")
    assert stop(row) not in client.get(row.get_absolute_url()).text
    assert "Azure cannot stop it" in client.get(stop(row)).text
    client.post(stop(row))
    row.refresh_from_db()
    assert (row.status, fake.calls) == ("Running", [])


def test_what_has_ended_meanwhile_stays_as_it_ended(client, fake, user, monkeypatch):
    row = running(created_by=user)
    done = {"self": row.remote_self, "status": "Succeeded"}
    monkeypatch.setattr(fake, "cancel", lambda kind, _: kind.parse(done))
    assert "had ended before it could be stopped" in client.post(stop(row), follow=True).text
    row.refresh_from_db()
    assert row.status == "Succeeded"
    assert [one.verb for one in Event.objects.filter(object_id=row.pk)] == ["succeeded"]
    assert "It has ended already." in client.get(stop(row)).text


def test_what_the_service_does_not_have_yet_waits(client, fake, user):
    row = running(created_by=user, submission="submitting")
    assert "try again in a moment" in client.get(stop(row)).text


def test_another_s_training_goes_on(client, fake, user):
    row = running(created_by=UserFactory(username="bo"))
    assert "It is bo&#x27;s" in client.get(stop(row)).text
    assert "It is bo&#x27;s" in client.post(stop(row), follow=True).text
    row.refresh_from_db()
    assert row.status == "Running"


def test_a_service_that_does_not_answer_is_told(client, fake, user, monkeypatch):
    row = running(created_by=user)

    def refuses(*_):
        raise SpeechApiError("The service is not there.")

    monkeypatch.setattr(fake, "cancel", refuses)
    assert "The service is not there." in client.post(stop(row), follow=True).text
    row.refresh_from_db()
    assert row.status == "Running"
