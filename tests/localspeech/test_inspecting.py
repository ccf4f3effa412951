"""Inspection: audio without transcripts, over the API."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from localspeech.engine import recordings
from localspeech.engine.errors import EngineError
from tests.audio import archive, speech, wav
from tests.localspeech.test_contract import fits


@pytest.fixture
def audio(service, tmp_path):
    """One clip of speech, one of noise, and one that is no audio."""
    files = {"b.wav": speech()[0], "a.wav": wav(), "c.wav": b"no audio"}
    path = archive(tmp_path / "a.zip", files)
    made = service.upload(SimpleUploadedFile("a.zip", path.read_bytes()), "AudioFiles").json()
    service.work()
    return made


def inspected(service, audio, model1, model2):
    body = {
        "displayName": "I", "locale": "en-US", "dataset": {"self": audio["self"]},
        "model1": {"self": model1["self"]}, "model2": {"self": model2["self"]},
        "customProperties": {"testingKind": "Inspection"},
    }  # fmt: skip
    made = fits("Evaluation", service.post("evaluations", **body))
    service.work()
    return fits("Evaluation", service.get(made["self"]))


def contents(service, one):
    listed = fits("PaginatedFiles", service.get(one["links"]["files"]))["values"]
    found = {}
    for file in listed:
        answer = service.client.get(file["links"]["contentUrl"])
        found[file["name"]] = b"".join(answer.streaming_content).decode()
    return found


def test_both_models_texts_stand_in_the_files_and_no_figure_is_made_up(service, audio, model):
    base = {"self": model["baseModel"]["self"]}
    done = inspected(service, audio, model, base)
    assert (done["status"], done["customProperties"]) == (
        "Succeeded", {"testingKind": "Inspection"},
    )  # fmt: skip
    figures = done["properties"]
    for number in "12":
        assert figures[f"wordErrorRate{number}"] == figures[f"sentenceErrorRate{number}"] == -1.0
        assert figures[f"wordCount{number}"] == figures[f"sentenceCount{number}"] == -1
    found = contents(service, done)
    details = json.loads(found["details.json"])
    assert [one["file"] for one in details] == ["a.wav", "b.wav"]
    assert details[1]["model1"]["text"]
    assert details[1].keys() == {"file", "model1", "model2"}
    for number in "12":
        said = details[1][f"model{number}"]["text"]
        assert f"b.wav\t{said}" in found[f"model{number}.txt"].splitlines()


def test_the_same_model_twice_is_heard_once(service, audio, model):
    details = json.loads(contents(service, inspected(service, audio, model, model))["details.json"])
    assert all(one["model1"] == one["model2"] for one in details)


def test_long_recordings_are_heard_in_pieces(service, model, tmp_path):
    long = archive(tmp_path / "l.zip", {"long.wav": wav(45)})
    data = SimpleUploadedFile("l.zip", long.read_bytes())
    audio = service.upload(data, "AudioFiles").json()
    service.work()
    assert inspected(service, audio, model, model)["status"] == "Succeeded"


def test_text_cannot_be_tested_with(service, dataset, model):
    reference = {"self": model["self"]}
    answer = service.post("evaluations", displayName="I", locale="en-US", model1=reference,
                          model2=reference, dataset={"self": dataset["self"]})  # fmt: skip
    assert answer.status_code == 400
    assert "AudioFiles" in fits("Error", answer)["message"]


def test_an_archive_without_usable_audio_is_refused(tmp_path):
    with pytest.raises(EngineError, match="no WAV file that can be used"):
        recordings.clips(archive(tmp_path / "x.zip", {"a.wav": b"x"}))
