"""The phoneme family behind the same API."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from localspeech.engine import phonemes as phonemes_extra
from localspeech.engine.errors import EngineError
from localspeech.engine.releases import BASE_MODELS, PHONEMES_RELEASE
from localspeech.jobs.recognisers import recogniser
from localspeech.links import base_model_id
from localspeech.offers import offered
from tests.localspeech.test_adapting import sample

pytestmark = pytest.mark.xdist_group("phonemes")
HERE = f"models/base/{base_model_id(PHONEMES_RELEASE)}"


@pytest.fixture
def phonemes(settings):
    """As where the extra is installed."""
    pytest.importorskip("flashlight", reason="the optional extra phonemes is not installed")
    settings.LOCALSPEECH_PHONEMES = True


@pytest.fixture
def clips(service):
    made = service.upload(SimpleUploadedFile("a.zip", sample(3)), "Acoustic").json()
    service.work()
    return made


def ordered(service, data):
    return service.post(
        "models",
        displayName="M",
        locale="en-US",
        datasets=[{"self": data["self"]}],
        baseModel={"self": service.get(HERE).json()["self"]},
    ).json()


def content(service, made, kind):
    listed = service.get(f"{made['self']}/files").json()["values"]
    found = next(one for one in listed if one["kind"] == kind)
    return json.loads(b"".join(service.client.get(found["links"]["contentUrl"]).streaming_content))


def test_it_can_be_turned_off(service, settings):
    settings.LOCALSPEECH_PHONEMES = False
    assert offered() == BASE_MODELS
    assert service.get(HERE).status_code == 404


def test_without_its_libraries_it_is_not_offered_and_says_so(settings, monkeypatch):
    settings.LOCALSPEECH_PHONEMES = True
    monkeypatch.setattr(phonemes_extra, "LIBRARIES", ("no_such_library",))
    assert offered() == BASE_MODELS
    with pytest.raises(EngineError, match="optional extra is not installed"):
        recogniser(PHONEMES_RELEASE.name, None)


def test_the_base_model_tells_what_helps_it(service, phonemes):
    found = service.get(HERE).json()
    kinds = found["properties"]["features"]["supportsAdaptationsWith"]
    assert kinds == ["Language", "LanguageMarkdown", "Pronunciation"]
    assert "Family: Phonemes." in found["description"]
    assert "Word error rate 48.9%" in found["description"]
    newest = max(
        service.get("models/base").json()["values"], key=lambda one: one["createdDateTime"]
    )
    assert newest["displayName"] == BASE_MODELS[-1].name


def test_recordings_are_refused(service, phonemes, clips):
    refused = ordered(service, clips)
    assert refused["innerError"]["code"] == "InvalidAdaptationMapping"


def test_a_model_is_trained_tested_beside_its_base_and_transcribes(
    service, phonemes, dataset, clips
):
    made = ordered(service, dataset)
    service.work()
    model = service.get(made["self"]).json()
    assert model["status"] == "Succeeded", model
    body = {"displayName": "E", "locale": "en-US", "dataset": {"self": clips["self"]}}
    test = service.post("evaluations", **body, model1=model, model2=model["baseModel"]).json()
    heard = service.post("transcriptions", **body, model={"self": model["self"]}).json()
    service.work()
    assert service.get(test["self"]).json()["status"] == "Succeeded"
    rows = content(service, test, "EvaluationDetails")
    assert all(row["model1"]["text"] and row["model2"]["text"] for row in rows)
    assert service.get(heard["self"]).json()["status"] == "Succeeded"
    assert content(service, heard, "Transcription")["recognizedPhrases"]
