"""Deploy models, page by page, with a service in memory."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.audio import wav
from tests.factories import BaseModelFactory, CustomModelFactory, UserFactory
from tests.fakes import FakeSpeechClient
from training.models import Endpoint, Event
from training.services import outbox
from training.speechapi.errors import Refused


@pytest.fixture
def service(monkeypatch):
    fake = FakeSpeechClient()
    monkeypatch.setattr("training.services.connection.SpeechClient", lambda *_a, **_k: fake)
    return fake


@pytest.fixture
def model(db):
    return CustomModelFactory(display_name="Harbour model")


@pytest.fixture
def colleague(client, db):
    client.force_login(UserFactory(username="ada"))
    return client


def form(model, **more):
    return {
        "submission_key": str(uuid.uuid4()), "display_name": "Harbour live",
        "description": "For the radio", "model": f"custom-{model.pk}", **more,
    }  # fmt: skip


@pytest.fixture
def endpoint(colleague, model, service):
    colleague.post(reverse("new_endpoint", args=[model.project_id]), form(model))
    outbox.submit("endpoint", Endpoint.objects.get().pk)
    return Endpoint.objects.get()


def test_a_model_is_deployed_once_however_often_it_is_sent(colleague, model, service):
    address = reverse("new_endpoint", args=[model.project_id])
    shown = colleague.get(f"{address}?model={model.pk}").text
    assert 'value="Harbour model"' in shown
    assert f'value="custom-{model.pk}" selected' in shown
    body = form(model, logging_enabled="on")
    first = colleague.post(address, body)
    second = colleague.post(address, body)
    row = Endpoint.objects.get()
    assert first.url == second.url == row.get_absolute_url()
    assert (row.model, row.logging_enabled, row.created_by.username) == (model, True, "ada")
    outbox.submit("endpoint", row.pk)
    outbox.submit("endpoint", row.pk)
    assert [call[0] for call in service.calls] == ["create_endpoint"]
    page = colleague.get(row.get_absolute_url()).text
    assert "Succeeded" in page
    assert f"cid={Endpoint.objects.get().remote_id}" in page
    assert "SPEECH_KEY" in page
    assert "key-of-the-resource" not in page
    assert row.get_absolute_url() in colleague.get(model.get_absolute_url()).text


def test_a_bad_form_names_its_fields(colleague, model):
    address = reverse("new_endpoint", args=[model.project_id])
    answer = colleague.post(address, {**form(model), "display_name": "", "model": "custom-0"})
    assert answer.status_code == 200
    assert "Name: This field is required." in answer.text
    assert not Endpoint.objects.exists()


def test_another_model_keeps_the_address(colleague, endpoint, model, service):
    base = BaseModelFactory(resource=model.project.resource, display_name="20991231")
    address = reverse("change_model", args=[model.project_id, endpoint.pk])
    assert "Harbour model" in colleague.get(address).text
    for _ in range(2):
        assert colleague.post(address, {"model": f"base-{base.pk}"}).url
    row = Endpoint.objects.get()
    assert (row.custom_model, row.base_model) == (None, base)
    assert row.link("restInteractive") == endpoint.link("restInteractive")
    sent = ("update", endpoint.remote_self, {"model": base.remote_self})
    assert [call for call in service.calls if call[0] == "update"] == [sent, sent]
    assert Event.objects.filter(verb="changed", object_id=row.pk, kind="endpoint").count() == 1


def test_a_refused_change_is_told_and_changes_nothing(colleague, endpoint, model, service):
    base = BaseModelFactory(resource=model.project.resource)
    service.error = Refused("The model is not deployable.", status=400)
    address = reverse("change_model", args=[model.project_id, endpoint.pk])
    answer = colleague.post(address, {"model": f"base-{base.pk}"})
    assert "The model is not deployable." in answer.text
    assert Endpoint.objects.get().custom_model == model


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_recording_is_tried(colleague, endpoint, service, headers):
    address = reverse("try_endpoint", args=[endpoint.project_id, endpoint.pk])
    clip = SimpleUploadedFile("a.wav", wav(), content_type="audio/wav")
    answer = colleague.post(address, {"audio": clip}, headers=headers)
    assert "moor at the bollard" in answer.text
    assert ("<html" in answer.text) is not bool(headers)
    assert service.calls[-1][0] == "recognise"
    assert service.calls[-1][2] == wav()


def test_what_cannot_be_tried_says_why(colleague, endpoint, service):
    address = reverse("try_endpoint", args=[endpoint.project_id, endpoint.pk])
    wrong = SimpleUploadedFile("a.mp3", b"x")
    assert "Choose a WAV file." in colleague.post(address, {"audio": wrong}).text
    long = SimpleUploadedFile("a.wav", bytes(5 * 1024**2))
    assert "longer than 60 seconds" in colleague.post(address, {"audio": long}).text
    raw = {**endpoint.raw, "links": {"restInteractive": "https://elsewhere.test/speech"}}
    Endpoint.objects.update(raw=raw)
    clip = SimpleUploadedFile("a.wav", wav())
    assert "another host" in colleague.post(address, {"audio": clip}).text
    assert "gives no key" in colleague.get(endpoint.get_absolute_url()).text
    assert "recognise" not in [call[0] for call in service.calls]


def test_an_endpoint_is_deleted_here_and_there(colleague, endpoint, service):
    address = reverse("delete_rows", args=[endpoint.project_id, "endpoints"])
    assert "Harbour live" in colleague.get(f"{address}?pk={endpoint.pk}").text
    colleague.post(address, {"pk": endpoint.pk})
    assert not Endpoint.objects.exists()
    assert service.calls[-1] == ("delete", endpoint.remote_self)


def test_an_outsider_sees_nothing(client, endpoint):
    client.logout()
    for name in ("endpoint", "change_model", "try_endpoint"):
        answer = client.post(reverse(name, args=[endpoint.project_id, endpoint.pk]))
        assert answer.status_code == 302
        assert answer.url.startswith("/accounts/login/")
