"""Every answer of the local service has the shape that the official specification gives it."""

import json
import os
import uuid
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.audio import test_archive
from tests.contract import specification
from tests.localspeech.conftest import Service

OFFICIAL = Path(
    os.environ.get("SPEECH_REFERENCE")
    or Path(__file__).resolve().parents[3] / "shared" / "reference" / "azure"
) / "speechtotext-v3.2.json"  # fmt: skip


@pytest.fixture
def service(client, db):
    return Service(client)


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
    assert json.loads(specification.FILE.read_text()) == official


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


@pytest.mark.parametrize(
    ("status", "method", "path", "body"),
    [
        (404, "GET", f"models/{uuid.UUID(int=9)}", None),
        (404, "GET", "transcriptions", None),
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
