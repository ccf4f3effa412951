"""The specification's own examples pass through the client, where they lie beside us."""

import json
import os
from pathlib import Path

import pytest
import responses

from training.speechapi import types
from training.speechapi.client import SpeechClient

REFERENCE = Path(
    os.environ.get("SPEECH_REFERENCE")
    or Path(__file__).resolve().parents[3] / "shared" / "reference" / "azure"
)
BASE = "https://westus.api.cognitive.microsoft.com"
ROOT = f"{BASE}/speechtotext/v3.2"
KINDS = (
    ("/files/", types.File),
    ("/operations/", types.Operation),
    ("/models/base/", types.BaseModel),
    ("/models/", types.CustomModel),
    ("/projects/", types.Project),
    ("/datasets/", types.Dataset),
    ("/evaluations/", types.Evaluation),
    ("/endpoints/", types.Endpoint),
    ("/transcriptions/", types.Transcription),
    ("/webhooks/", types.WebHook),
)
# A base model as the service shows it, with the fields that the dashboard depends on.
BASE_MODEL = {
    "self": "https://host/speechtotext/v3.2/models/base/1",
    "displayName": "20210831",
    "locale": "en-US",
    "status": "Succeeded",
    "createdDateTime": "2021-10-13T00:00:00Z",
    "properties": {
        "chargeForAdaptation": True,
        "deprecationDates": {
            "adaptationDateTime": "2023-01-15T00:00:00Z",
            "transcriptionDateTime": "2024-01-15T00:00:00Z",
        },
        "features": {"supportsAdaptationsWith": ["Language", "Acoustic"]},
    },
}


def test_a_base_model_brings_both_dates():
    found = types.BaseModel.parse(BASE_MODEL)
    assert (found.adaptation_ends.year, found.transcription_ends.year) == (2023, 2024)
    assert found.supports_adaptations_with == ("Language", "Acoustic")
    assert found.charge_for_adaptation is True


def bodies():
    """Name and body of every example that shows an object or a list of them."""
    for path in sorted((REFERENCE / "examples-v3.2").glob("*.json")):
        for status, answer in json.loads(path.read_text())["responses"].items():
            body = answer.get("body")
            if status.startswith("2") and isinstance(body, dict):
                yield pytest.param(body, id=path.stem)


def checked(found, raw):
    """Nothing that the example says is lost or changed."""
    assert found.self_link == raw["self"]
    if isinstance(found, types.Entity):
        assert found.display_name == raw["displayName"]
        assert found.status == raw.get("status", "")
        assert found.raw == raw
        assert found.custom_properties == raw.get("customProperties", {})
        assert (found.created is None) == ("createdDateTime" not in raw)
    if isinstance(found, types.WebHook):
        assert found.ping_link.endswith(":ping")
        assert found.events
    if isinstance(found, types.Endpoint):
        assert found.interactive_link == raw["links"]["restInteractive"]


def kind_of(raw):
    return next(kind for part, kind in KINDS if part in raw["self"])


@pytest.mark.parametrize("body", list(bodies()))
def test_official_examples_pass_through_the_client(body):
    if "modelFiles" in body or "committedBlocks" in body or "uncommittedBlocks" in body:
        checked_others(body)
    elif "targetResourceId" in body:
        assert types.CopyAuthorization.parse(body).raw == body
    elif "values" in body:
        with SpeechClient(BASE, "key") as client, responses.RequestsMock() as mocked:
            mocked.get(f"{ROOT}/list", json={**body, "@nextLink": None})
            found = [kind_of(raw).parse(raw) for raw in client._pages(f"{ROOT}/list")]
        for one, raw in zip(found, body["values"], strict=True):
            checked(one, raw)
    elif "self" in body:
        checked(kind_of(body).parse(body), body)
    else:
        assert all(isinstance(kinds, list) for kinds in body.values())


def checked_others(body):
    with SpeechClient(BASE, "key") as client, responses.RequestsMock() as mocked:
        if "modelFiles" in body:
            mocked.get(f"{ROOT}/models/1/manifest", json=body)
            assert client.manifest(f"{ROOT}/models/1") == body
            return
        mocked.get(f"{ROOT}/datasets/1/blocks", json=body)
        dataset = types.Dataset.parse({"self": f"{ROOT}/datasets/1"})
        found = client.blocks(dataset)
        assert len(found.uncommitted) == len(body["uncommittedBlocks"])


def test_the_examples_are_all_read_where_they_lie():
    if not REFERENCE.exists():
        pytest.skip("the specification does not lie beside the repository")
    assert len(list(bodies())) > 50
