"""Web hooks, against a real host on loopback."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from localspeech.jobs import hooks
from localspeech.jobs.hooks import signature
from localspeech.models import Delivery, WebHook
from tests.localspeech.test_refusals import innermost

EVENTS = ("datasetCreation", "datasetProcessing", "datasetCompletion", "datasetDeletion")


@pytest.fixture
def hook(service, host):
    made = service.post(
        "webhooks",
        displayName="Hook",
        webUrl=f"{host.address}/hook?from=speech",
        events=dict.fromkeys(EVENTS, True),
        properties={"secret": "shared"},
    )
    assert made.status_code == 201, made.content
    service.work()
    return service.get(made.json()["self"]).json()


def happened(host):
    return [headers["X-MicrosoftSpeechServices-Event"] for _, headers, _ in host.received]


def test_the_challenge_comes_first(host, hook):
    assert hook["status"] == "Succeeded"
    assert happened(host) == ["challenge"]
    assert "secret" not in hook["properties"]
    assert host.received[0][0].startswith("/hook?from=speech&validationToken=")


def test_a_dataset_is_followed_from_creation_to_deletion(service, host, hook):
    made = service.upload(SimpleUploadedFile("t.txt", b"Moor at the bollard\n")).json()
    for _ in range(2):
        service.work()
    service.call("DELETE", made["self"])
    service.work()
    assert happened(host)[1:] == list(EVENTS)
    statuses = [json.loads(body)["status"] for _, _, body in host.received[1:]]
    assert statuses == ["NotStarted", "Running", "Succeeded", "Succeeded"]
    for _, headers, body in host.received[1:]:
        assert headers["X-MicrosoftSpeechServices-Signature"] == signature("shared", body)
        assert json.loads(body)["self"] == made["self"]
    assert not Delivery.objects.exists()


def test_a_delivery_is_tried_again_and_given_up_at_last(service, host, hook, monkeypatch):
    host.status = 500
    service.upload(SimpleUploadedFile("t.txt", b"Moor\n"))
    service.work()
    row = Delivery.objects.order_by("due_at").last()
    assert row.attempts == 1
    before = len(host.received)
    service.work()
    assert len(host.received) == before + Delivery.objects.filter(attempts=0).count()
    monkeypatch.setattr(hooks, "MOST_DELIVERIES", 2)
    Delivery.objects.update(due_at=row.hook.created)
    service.work()
    assert not Delivery.objects.filter(pk=row.pk).exists()


def test_ping_and_test(service, host, hook):
    assert service.call("POST", hook["links"]["test"]).status_code == 204
    assert service.call("POST", hook["links"]["ping"]).status_code == 202
    service.upload(SimpleUploadedFile("t.txt", b"Moor\n"))
    Delivery.objects.filter(event="datasetCreation").delete()
    assert service.call("POST", hook["links"]["test"]).status_code == 202
    service.work()
    assert sorted(happened(host)[1:])[-1] == "ping"
    assert set(EVENTS) <= set(happened(host))


def test_an_address_that_does_not_answer_the_challenge(service, host):
    host.status = 404
    made = service.post(
        "webhooks", displayName="H", webUrl=host.address, events={"modelCreation": True}
    ).json()
    service.work()
    shown = service.get(made["self"]).json()
    assert shown["status"] == "Failed"
    assert "answered 404" in shown["properties"]["error"]["message"]
    host.status = 200
    moved = {"webUrl": f"{host.address}/new"}
    assert service.call("PATCH", made["self"], moved).json()["status"] == "NotStarted"
    service.work()
    assert service.get(made["self"]).json()["status"] == "Succeeded"


def test_a_patch_without_a_secret_ends_signing(service, host, hook):
    service.call("PATCH", hook["self"], {"displayName": "Renamed"})
    assert WebHook.objects.get().secret == ""


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"webUrl": "ftp://x"}, "InvalidCallbackUri"),
        ({"events": {"modelExpiry": True}}, "InvalidWebHookEventKind"),
        ({"displayName": ""}, "InvalidPayload"),
    ],
)
def test_bad_hooks_are_not_made(service, more, code):
    body = {"displayName": "H", "webUrl": "https://x.test", "events": {"ping": True}, **more}
    assert innermost(service.call("POST", "webhooks", body)) == (400, code)
    assert not WebHook.objects.exists()


def test_a_private_address_is_not_called(service, db):
    service.post("webhooks", displayName="H", webUrl="http://127.0.0.1:9/", events={"ping": True})
    service.work()
    row = WebHook.objects.get()
    assert (row.status, row.error_code) == ("Failed", "InvalidCallbackUri")
    assert "private network" in row.error_message
