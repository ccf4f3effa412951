"""Batch transcription by the engine."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from localspeech.models import CustomModel, Transcription
from tests.audio import speech, test_archive
from tests.localspeech.test_refusals import innermost


def contents(service, transcription):
    listed = service.get(transcription["links"]["files"]).json()["values"]
    return {
        (one["kind"], one["name"]): json.loads(
            b"".join(service.client.get(one["links"]["contentUrl"]).streaming_content)
        )
        for one in listed
    }


@pytest.mark.parametrize(
    ("version", "path"), [("3.2", "transcriptions"), ("2025-10-15", "transcriptions:submit")]
)
def test_addresses_are_transcribed_with_a_trained_model(service, host, model, version, path):
    service.version = version
    audio, text = speech()
    host.files = {"/moor.wav": audio}
    made = service.post(
        path,
        displayName="T",
        locale="en-US",
        model={"self": model["self"]},
        contentUrls=[f"{host.address}/moor.wav", f"{host.address}/missing.wav"],
        properties={"wordLevelTimestampsEnabled": True},
    )
    assert made.status_code == 201, made.content
    service.work()
    done = service.get(made.json()["self"]).json()
    assert done["status"] == "Succeeded"
    found = contents(service, done)
    body = found["Transcription", "contenturl_0.json"]
    heard = body["combinedRecognizedPhrases"][0]["lexical"]
    assert set(heard.split()) & set(text.split())
    best = body["recognizedPhrases"][0]["nBest"][0]
    assert [one["word"] for one in best["words"]] == best["lexical"].split()
    starts = [one["offsetInTicks"] for one in best["words"]]
    assert starts == sorted(starts)
    report = found["TranscriptionReport", "report.json"]
    assert report["successfulTranscriptionsCount"] == report["failedTranscriptionsCount"] == 1
    assert "answered 404" in report["details"][1]["errorMessage"]
    duration = "duration" if version == "3.2" else "durationMilliseconds"
    assert done["properties"][duration]


def test_a_dataset_is_transcribed(service, tmp_path):
    clips = test_archive(tmp_path / "c.zip", ["moor here", "the bollard"]).read_bytes()
    sound = service.upload(SimpleUploadedFile("c.zip", clips), "Acoustic").json()
    service.work()
    made = service.post(
        "transcriptions", displayName="T", locale="en-US", dataset={"self": sound["self"]}
    ).json()
    service.work()
    found = contents(service, made)
    assert len([kind for kind, _ in found if kind == "Transcription"]) == 2
    for phrase in found["Transcription", "00000_clip0.wav.json"]["recognizedPhrases"]:
        assert "words" not in phrase["nBest"][0]
    refused = service.call("DELETE", sound["self"])
    assert innermost(refused) == (409, "InUseViolation")
    assert service.call("DELETE", made["self"]).status_code == 204


def test_nothing_that_could_be_read_fails_with_the_reason(service, host):
    made = service.post(
        "transcriptions", displayName="T", locale="en-US", contentUrls=[f"{host.address}/none.wav"]
    ).json()
    service.work()
    done = service.get(made["self"]).json()
    assert done["status"] == "Failed"
    assert "answered 404" in done["properties"]["error"]["message"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({}, "OnlyOneOfUrlsOrContainerOrDataset"),
        ({"contentUrls": ["file:///etc/passwd"]}, "InvalidRecordingsUri"),
        ({"contentUrls": ["https://x.test/a.wav"] * 1001}, "ExceededNumberOfRecordingsUris"),
        ({"contentContainerUrl": "https://x.test/c"}, "InvalidParameterValue"),
        ({"contentUrls": ["https://x.test/a"], "properties": {"diarizationEnabled": True}},
         "InvalidParameterValue"),
        ({"contentUrls": ["https://x.test/a"], "locale": "de-DE"}, "InvalidLocale"),
    ],
)  # fmt: skip
def test_bad_transcriptions_are_not_made(service, more, code):
    body = {"displayName": "T", "locale": "en-US", **more}
    assert innermost(service.call("POST", "transcriptions", body)) == (400, code)
    assert not Transcription.objects.exists()


def test_an_expired_model_is_refused(service, model):
    CustomModel.objects.update(transcription_ends=timezone.now())
    body = {"model": {"self": model["self"]}, "contentUrls": ["https://x.test/a.wav"]}
    refused = service.post("transcriptions", displayName="T", locale="en-US", **body)
    assert innermost(refused) == (400, "ModelDeprecated")
