"""Endpoints, and short audio at their address."""

import pytest
from django.utils import timezone

from localspeech.jobs import sweeping, working
from localspeech.models import CustomModel, Endpoint, Recognition, StoredFile
from localspeech.routes import recognition
from tests.audio import speech
from tests.localspeech.test_refusals import innermost


@pytest.fixture
def endpoint(service, model):
    made = service.post("endpoints", displayName="E", locale="en-US", model={"self": model["self"]})
    assert (made.status_code, made["Location"]) == (201, made.json()["self"])
    service.work()
    return service.get(made.json()["self"]).json()


@pytest.fixture
def at_once(monkeypatch):
    """No worker runs beside these tests: the clip is recognised when it is rung for."""
    monkeypatch.setattr(
        recognition, "work_soon", lambda row: working.work("recognition", str(row.pk))
    )


def say(service, endpoint, audio, **query):
    query = {"language": "en-US", **query}
    url = endpoint["links"]["restInteractive"]
    for name, value in query.items():
        url += f"&{name}={value}"
    return service.call("POST", url, data=audio, content_type="audio/wav")


def test_an_endpoint_is_loaded_before_it_succeeds(endpoint, model):
    assert endpoint["status"] == "Succeeded"
    assert endpoint["model"]["self"] == model["self"]
    assert endpoint["links"]["restInteractive"].endswith(f"?cid={endpoint['self'][-36:]}")


def test_a_spoken_sentence_comes_back_as_text(service, endpoint, at_once):
    audio, text = speech()
    answer = say(service, endpoint, audio)
    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert body["RecognitionStatus"] == "Success"
    assert set(body["DisplayText"].split()) & set(text.split())
    assert body["Duration"] > 5_000_000
    detailed = say(service, endpoint, audio, format="detailed")
    assert detailed.json()["NBest"][0]["Lexical"] == body["DisplayText"]
    assert not Recognition.objects.exists()
    assert not StoredFile.objects.filter(kind="Audio").exists()


def test_refused_audio(service, endpoint, at_once):
    audio, _ = speech()
    assert innermost(say(service, endpoint, b"no audio")) == (400, "InvalidAudioFormat")
    assert innermost(say(service, endpoint, b"")) == (400, "EmptyAudioFile")
    assert innermost(say(service, endpoint, audio, language="de-DE")) == (400, "InvalidLocale")
    assert say(service, endpoint, b"x" * (4 * 1024**2 + 1)).status_code == 413
    unknown = endpoint["links"]["restInteractive"][:-36] + "0" * 8 + "-0000-4000-8000-" + "0" * 12
    url = f"{unknown}&language=en-US"
    assert service.call("POST", url, data=audio).status_code == 404
    service.key = "wrong"
    assert say(service, endpoint, audio).status_code == 401


def test_a_busy_engine_asks_for_patience(service, endpoint, monkeypatch):
    monkeypatch.setattr(recognition, "_PATIENCE_SECONDS", 0.1)
    answer = say(service, endpoint, speech()[0])
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert not Recognition.objects.exists()


def test_the_model_is_changed_without_another_address(service, endpoint):
    base = service.get("models/base").json()["values"][-1]
    changed = service.call("PATCH", endpoint["self"], {"model": {"self": base["self"]}})
    assert changed.json()["model"]["self"] == base["self"]
    service.work()
    shown = service.get(endpoint["self"]).json()
    assert (shown["status"], shown["links"]) == ("Succeeded", endpoint["links"])


def test_an_expired_model_is_answered_for_by_the_base(service, endpoint, at_once):
    CustomModel.objects.update(transcription_ends=timezone.now())
    assert say(service, endpoint, speech()[0]).status_code == 200
    again = service.post(
        "endpoints", displayName="F", locale="en-US", model={"self": endpoint["model"]["self"]}
    )
    assert innermost(again) == (400, "ModelDeprecated")


def test_logs_are_kept_listed_and_deleted(service, endpoint, at_once):
    on = {"properties": {"contentLoggingEnabled": True}}
    assert service.call("PATCH", endpoint["self"], on).json()["properties"]["loggingEnabled"]
    say(service, endpoint, speech()[0])
    logs = service.get(endpoint["links"]["logs"]).json()["values"]
    assert {one["kind"] for one in logs} == {"Audio", "Transcription"}
    assert service.client.get(logs[0]["links"]["contentUrl"]).status_code == 200
    assert service.call("DELETE", logs[0]["self"]).status_code == 204
    assert (
        service.call("DELETE", f"{endpoint['links']['logs']}?endDate=2020-01-01").status_code == 202
    )
    assert len(service.get(endpoint["links"]["logs"]).json()["values"]) == 1
    assert service.call("DELETE", endpoint["links"]["logs"]).status_code == 202
    assert service.get(endpoint["links"]["logs"]).json()["values"] == []


def test_an_endpoint_ends_with_its_time_to_live(service, model):
    for text in ("tomorrow", "P32D", "PT-5S"):
        refused = service.post(
            "endpoints", displayName="E", locale="en-US", properties={"timeToLive": text}
        )
        assert innermost(refused) == (400, "InvalidTimeToLive")
    made = service.post(
        "endpoints", displayName="E", locale="en-US", properties={"timeToLive": "PT1H"}
    ).json()
    service.work()
    sweeping.clear()
    assert service.get(made["self"]).status_code == 200
    Endpoint.objects.update(last_action=timezone.now() - timezone.timedelta(hours=2))
    sweeping.clear()
    assert service.get(made["self"]).status_code == 404


def test_a_model_in_use_stays(service, endpoint, model):
    assert innermost(service.call("DELETE", model["self"])) == (409, "InUseViolation")
    assert service.call("DELETE", endpoint["self"]).status_code == 204
    assert service.call("DELETE", model["self"]).status_code == 204


def test_logging_is_not_for_the_newer_version(service, model):
    service.version = "2025-10-15"
    refused = service.post(
        "endpoints", displayName="E", locale="en-US", properties={"loggingEnabled": True}
    )
    assert innermost(refused) == (400, "EndpointLoggingNotSupported")
