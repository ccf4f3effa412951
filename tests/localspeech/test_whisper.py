"""The second family behind the same API, on a model of some kilobytes."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from localspeech import checks
from localspeech.engine import measured
from localspeech.engine.measured import Measured
from localspeech.engine.releases import BASE_MODELS, DEFAULT_WEIGHT_PERCENT, WHISPER_RELEASE
from localspeech.links import base_model_id
from localspeech.offers import offered, whisper_weights
from tests import small_whisper
from tests.audio import test_archive

HERE = f"models/base/{base_model_id(WHISPER_RELEASE)}"


@pytest.fixture
def whisper(settings, tmp_path):
    """Weights that the settings name."""
    pytest.importorskip("ctranslate2", reason="the optional extra whisper is not installed")
    settings.STUDIO_DATA = tmp_path / "data"
    folder = small_whisper.build(tmp_path / "weights")
    settings.LOCALSPEECH_WHISPER = str(folder)
    return folder


@pytest.fixture
def clips(service, tmp_path):
    """Eight clips with transcripts: two shards."""
    data = test_archive(tmp_path / "clips.zip", ["moor at the quay"] * 8).read_bytes()
    made = service.upload(SimpleUploadedFile("clips.zip", data), "Acoustic").json()
    service.work()
    return made


@pytest.fixture
def adapted(service, whisper, dataset):
    """A model of the second family."""
    made = ordered(service, dataset)
    service.work()
    return service.get(made["self"]).json()


def ordered(service, dataset, weight=100):
    return service.post(
        "models",
        displayName="M",
        locale="en-US",
        datasets=[{"self": dataset["self"]}],
        baseModel={"self": service.get(HERE).json()["self"]},
        properties={"customModelWeightPercent": weight} if weight else {},
    ).json()


def test_without_weights_nothing_is_different(service, settings):
    settings.LOCALSPEECH_WHISPER = ""
    assert offered() == BASE_MODELS
    assert service.get(HERE).status_code == 404


def test_a_folder_that_lacks_files_is_not_offered(settings, tmp_path):
    settings.LOCALSPEECH_WHISPER = ""
    assert checks.whisper(None) == []
    settings.LOCALSPEECH_WHISPER = str(tmp_path)
    assert offered() == BASE_MODELS
    assert [one.id for one in checks.whisper(None)] == ["localspeech.W001"]


def test_the_base_model_tells_what_helps_it(service, whisper):
    listed = service.get("models/base").json()["values"]
    shown = next(one for one in listed if one["displayName"] == WHISPER_RELEASE.name)
    assert listed[-1]["displayName"] == BASE_MODELS[-1].name
    assert shown == service.get(HERE).json()
    features = shown["properties"]["features"]
    assert features["supportsAdaptationsWith"] == ["Language", "LanguageMarkdown"]
    assert shown["properties"]["deprecationDates"]["adaptationDateTime"] == "2028-01-15T00:00:00Z"
    # These weights are nobody's: no figure was measured with them, so none is told.
    assert shown["description"].endswith("\nFamily: Whisper. Languages: en-US.")
    sphinx = listed[-1]["description"]
    assert "\nFamily: CMU Pocketsphinx. Languages: en-US.\nWord error rate 57.1%, " in sphinx


def test_the_command_tells_what_is_set_up_and_fetches_nothing_unasked(whisper, capsys, settings):
    call_command("whisper")
    assert f"{whisper} is offered" in capsys.readouterr().out
    (whisper / "model.bin").write_bytes(b"other")
    with pytest.raises(CommandError, match="has changed"):
        call_command("whisper")
    with pytest.raises(CommandError, match="no model id"):
        call_command("whisper", fetch="../weights")
    settings.LOCALSPEECH_WHISPER = "someone/something"
    assert offered() == BASE_MODELS
    with pytest.raises(CommandError, match="someone--something lacks model"):
        call_command("whisper")


def test_figures_are_told_of_the_weights_that_were_measured(service, whisper, monkeypatch):
    sha256 = whisper_weights().checked()
    figures = {
        (WHISPER_RELEASE.name, sha256): Measured(0.25, "twice the computing", "some weights")
    }
    monkeypatch.setattr(measured, "FIGURES", figures)
    told = service.get(HERE).json()["description"].splitlines()[-1]
    assert told.startswith("Word error rate 25.0%, twice the computing, measured")
    assert told.endswith("(some weights).")


def test_recordings_are_refused(service, whisper, clips):
    refused = ordered(service, clips)
    assert refused["innerError"]["code"] == "InvalidAdaptationMapping"
    assert refused["message"] == "The base model 20261110 Whisper takes no data of kind Acoustic."


def test_a_model_is_trained_and_tested_beside_its_base(service, adapted, clips):
    assert adapted["status"] == "Succeeded", adapted
    files = service.get(f"{adapted['self']}/files").json()["values"]
    assert {one["name"] for one in files} >= {"counts.npz", "context.txt", "model.json"}
    made = service.post(
        "evaluations",
        displayName="E",
        locale="en-US",
        dataset={"self": clips["self"]},
        model1={"self": adapted["self"]},
        model2={"self": adapted["baseModel"]["self"]},
    ).json()
    service.work()
    done = service.get(made["self"]).json()
    assert done["status"] == "Succeeded", done
    assert done["properties"]["wordCount1"] == done["properties"]["wordCount2"] == 32
    listed = service.get(f"{made['self']}/files").json()["values"]
    details = next(one for one in listed if one["kind"] == "EvaluationDetails")
    content = service.client.get(details["links"]["contentUrl"])
    rows = json.loads(b"".join(content.streaming_content))
    assert any(row["model1"]["text"] != row["model2"]["text"] for row in rows)


def test_without_a_weight_the_training_takes_one(service, whisper, dataset):
    made = ordered(service, dataset, weight=None)
    service.work()
    done = service.get(made["self"]).json()
    assert done["status"] == "Succeeded", done
    assert done["properties"]["customModelWeightPercent"] == DEFAULT_WEIGHT_PERCENT


def test_an_endpoint_is_deployed(service, adapted):
    made = service.post(
        "endpoints", displayName="E", locale="en-US", model={"self": adapted["self"]}
    ).json()
    service.work()
    assert service.get(made["self"]).json()["status"] == "Succeeded"


@pytest.mark.parametrize("is_custom", [True, False])
def test_audio_is_transcribed_with_the_places_of_words(service, adapted, clips, is_custom):
    model = adapted["self"] if is_custom else adapted["baseModel"]["self"]
    made = service.post(
        "transcriptions",
        displayName="T",
        locale="en-US",
        dataset={"self": clips["self"]},
        model={"self": model},
        properties={"wordLevelTimestampsEnabled": True},
    ).json()
    service.work()
    assert service.get(made["self"]).json()["status"] == "Succeeded"
    listed = service.get(f"{made['self']}/files").json()["values"]
    first = next(one for one in listed if one["kind"] == "Transcription")
    content = service.client.get(first["links"]["contentUrl"])
    phrase = json.loads(b"".join(content.streaming_content))["recognizedPhrases"][0]["nBest"][0]
    assert [one["word"] for one in phrase["words"]] == phrase["lexical"].split()


def test_weights_that_were_swapped_end_the_work_with_the_reason(service, adapted, whisper):
    small_whisper.build(whisper, seed=2)
    made = service.post(
        "endpoints", displayName="E", locale="en-US", model={"self": adapted["self"]}
    ).json()
    service.work()
    error = service.get(made["self"]).json()["properties"]["error"]
    assert "model.bin has changed" in error["message"]


def test_weights_that_are_gone_end_the_work_with_the_reason(service, adapted, settings):
    settings.LOCALSPEECH_WHISPER = ""
    made = service.post(
        "endpoints", displayName="E", locale="en-US", model={"self": adapted["self"]}
    ).json()
    service.work()
    error = service.get(made["self"]).json()["properties"]["error"]
    assert "LOCALSPEECH_WHISPER is not set" in error["message"]
    # The model is still shown, with the base model that it was made from.
    assert service.get(adapted["self"]).json()["baseModel"] == adapted["baseModel"]
