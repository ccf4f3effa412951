"""From a project to a word error rate, over the API alone."""

import json

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.audio import test_archive


def uploaded(name, data):
    return SimpleUploadedFile(name, data)


def test_a_model_is_trained_tested_and_can_be_read(service, tmp_path):
    project = service.post("projects", displayName="Harbour", locale="en-US").json()
    reference = json.dumps({"self": project["self"]})
    text = service.upload(
        uploaded("text.txt", b"The kittiwake sat on the bollard\nMoor at the bollard\n"),
        project=reference,
        customProperties='{"key": "1"}',
    )
    assert text.status_code == 201
    assert text["Location"] == text.json()["self"]
    clips = test_archive(tmp_path / "clips.zip", ["moor here", "the bollard"]).read_bytes()
    audio = service.upload(uploaded("clips.zip", clips), "Acoustic", project=reference)
    service.work()
    dataset = service.get(text.json()["self"]).json()
    assert (dataset["status"], dataset["properties"]["acceptedLineCount"]) == ("Succeeded", 2)
    assert dataset["customProperties"] == {"key": "1"}

    model = service.post(
        "models",
        displayName="Harbour model",
        locale="en-US",
        project={"self": project["self"]},
        datasets=[{"self": dataset["self"]}],
        properties={"customModelWeightPercent": 40},
    )
    assert model.status_code == 201
    assert model.json()["status"] == "NotStarted"
    service.work()
    trained = service.get(model.json()["self"]).json()
    assert trained["status"] == "Succeeded"
    assert trained["properties"]["customModelWeightPercent"] == 40
    assert trained["properties"]["deprecationDates"]["transcriptionDateTime"].endswith("T00:00:00Z")
    listed = service.get(f"{trained['self']}/files").json()["values"]
    report = next(one for one in listed if one["kind"] == "ModelReport")
    content = service.client.get(report["links"]["contentUrl"])
    assert json.loads(b"".join(content.streaming_content))["sentence_count"] == 2

    evaluation = service.post(
        "evaluations",
        displayName="Test",
        locale="en-US",
        dataset={"self": audio.json()["self"]},
        model1={"self": trained["self"]},
        model2={"self": trained["baseModel"]["self"]},
    )
    assert evaluation.status_code == 201
    assert evaluation.json()["properties"]["wordErrorRate1"] == -1.0
    service.work()
    done = service.get(evaluation.json()["self"]).json()
    assert done["status"] == "Succeeded"
    figures = done["properties"]
    assert figures["wordCount1"] == figures["wordCount2"] == 4
    assert (
        figures["correctWordCount1"]
        + figures["wordSubstitutionCount1"]
        + figures["wordDeletionCount1"]
        == 4
    )
    counts = service.get(project["self"]).json()["properties"]
    assert (counts["datasetCount"], counts["modelCount"]) == (2, 1)
