"""Every answer of the local service has the shape that the official specification gives it."""

import json
import os
import uuid
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from localspeech.models import SpeechResource
from tests.audio import speech, test_archive
from tests.contract import specification
from tests.localspeech.conftest import Service

OFFICIAL = Path(
    os.environ.get("SPEECH_REFERENCE")
    or Path(__file__).resolve().parents[3] / "shared" / "reference" / "azure"
) / "speechtotext-v3.2.json"  # fmt: skip


def fits(name, answer):
    """The answer's body, once it is known to have the specified shape and nothing else."""
    body = answer.json()
    specification.check(name, body)
    assert not specification.unknown_fields(name, body), name
    return body


def test_the_kept_shapes_are_the_official_ones():
    if not OFFICIAL.exists():
        pytest.skip("the specification does not lie beside the repository")
    official = specification.reduced(json.loads(OFFICIAL.read_text()))
    assert specification.kept() == official


def test_answers_from_a_project_to_a_test(service, tmp_path):
    project = fits("Project", service.post("projects", displayName="P", locale="en-US"))
    reference = json.dumps({"self": project["self"]})
    text = SimpleUploadedFile("t.txt", b"Moor at the bollard\nThe kittiwake sat\n")
    dataset = fits("Dataset", service.upload(text, project=reference))
    clips = test_archive(tmp_path / "c.zip", ["moor here"]).read_bytes()
    sound = fits("Dataset", service.upload(SimpleUploadedFile("c.zip", clips), "Acoustic"))
    service.work()
    base = fits("PaginatedBaseModels", service.get("models/base"))["values"][0]
    fits("BaseModel", service.get(base["self"]))
    model = fits(
        "CustomModel",
        service.post(
            "models",
            displayName="M",
            locale="en-US",
            datasets=[{"self": dataset["self"]}],
            project={"self": project["self"]},
        ),
    )
    service.work()
    test = fits(
        "Evaluation",
        service.post(
            "evaluations",
            displayName="E",
            locale="en-US",
            dataset={"self": sound["self"]},
            model1={"self": model["self"]},
            model2={"self": base["self"]},
        ),
    )
    service.work()
    for kind, one in (("Dataset", dataset), ("CustomModel", model), ("Evaluation", test)):
        assert fits(kind, service.get(one["self"]))["status"] == "Succeeded"
        files = fits("PaginatedFiles", service.get(f"{one['self']}/files"))["values"]
        fits("File", service.get(files[0]["self"]))
    fits("ModelManifest", service.get(f"{model['self']}/manifest"))
    for kind, path in (
        ("PaginatedProjects", "projects"),
        ("PaginatedDatasets", "datasets"),
        ("PaginatedCustomModels", "models"),
        ("PaginatedEvaluations", "evaluations"),
        ("PaginatedEndpoints", "endpoints"),
    ):
        fits(kind, service.get(path))
        if path != "projects":
            fits(kind, service.get(f"{project['self']}/{path}"))
    fits("DatasetLocales", service.get("datasets/locales"))


def test_answers_about_what_a_model_is_used_for(service, other_service, host, model):
    host.files = {"/clip.wav": speech()[0]}
    reference = {"self": model["self"]}
    common = {"displayName": "X", "locale": "en-US", "model": reference}
    endpoint = fits("Endpoint", service.post("endpoints", **common))
    urls = [f"{host.address}/clip.wav"]
    spoken = fits("Transcription", service.post("transcriptions", **common, contentUrls=urls))
    events = {"modelCompletion": True}
    hook = {"displayName": "H", "webUrl": host.address, "events": events}
    hook = fits("WebHook", service.post("webhooks", **hook))
    source = SpeechResource.objects.get(name="default").resource_id
    permission = fits(
        "ModelCopyAuthorization",
        other_service.post("models:authorizecopy", sourceResourceId=source),
    )
    copy = fits("Operation", service.call("POST", model["links"]["copy"], permission))
    service.work()
    for kind, one in (
        ("Endpoint", endpoint), ("Transcription", spoken), ("WebHook", hook), ("Operation", copy),
    ):  # fmt: skip
        assert fits(kind, service.get(one["self"]))["status"] == "Succeeded"
    for kind, path in (
        ("PaginatedEndpoints", "endpoints"), ("PaginatedTranscriptions", "transcriptions"),
        ("PaginatedWebHooks", "webhooks"), ("PaginatedFiles", f"{spoken['self']}/files"),
        ("PaginatedFiles", endpoint["links"]["logs"]),
    ):  # fmt: skip
        fits(kind, service.get(path))
    empty = service.post("datasets", displayName="B", locale="en-US", kind="Language")
    blocks = fits("Dataset", empty)["links"]
    service.send_blocks(empty.json(), [b"Moor at the bollard"])
    fits("UploadedBlocks", service.get(blocks["listBlocks"]))


@pytest.mark.parametrize(
    ("status", "method", "path", "body"),
    [
        (404, "GET", f"models/{uuid.UUID(int=9)}", None),
        (404, "GET", "healthstatus", None),
        (400, "POST", "transcriptions", {"displayName": "T", "locale": "en-US"}),
        (400, "POST", "endpoints", {"displayName": "E", "locale": "en-US",
                                    "properties": {"timeToLive": "soon"}}),
        (400, "POST", "webhooks", {"displayName": "W", "webUrl": "x", "events": {}}),
        (400, "POST", "models:authorizecopy", {}),
        (405, "DELETE", "projects", None),
        (400, "GET", "projects?filter=displayName+like+x", None),
        (400, "GET", "projects?top=-1", None),
        (400, "POST", "projects", {"displayName": "", "locale": "en-US"}),
        (400, "POST", "projects", {"displayName": "P", "locale": "xx-XX"}),
        (400, "POST", "projects", {"displayName": "P", "locale": "en-US",
                                   "customProperties": {str(n): "x" for n in range(11)}}),
        (400, "POST", "models", {"displayName": "M", "locale": "en-US",
                                 "baseModel": {"self": "https://elsewhere.test/models/1"}}),
        (400, "POST", "models", {"displayName": "M", "locale": "en-US",
                                 "properties": {"customModelWeightPercent": 101}}),
    ],
)  # fmt: skip
def test_refusals_have_the_specified_shape(service, status, method, path, body):
    answer = service.call(method, path, body)
    assert answer.status_code == status, answer.content
    fits("Error", answer)


def test_a_wrong_key_is_refused_in_the_specified_shape(client, db):
    answer = Service(client, key="wrong").get("projects")
    assert answer.status_code == 401
    fits("Error", answer)
