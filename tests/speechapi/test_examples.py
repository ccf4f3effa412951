"""The specification's own examples parse, where they lie beside the repository."""

import json
import os
from pathlib import Path

import pytest

from training.speechapi import types

REFERENCE = Path(
    os.environ.get("SPEECH_REFERENCE")
    or Path(__file__).resolve().parents[3] / "shared" / "reference" / "azure"
)
KINDS = {
    "get_project.json": types.Project,
    "get_dataset.json": types.Dataset,
    "get_base_model.json": types.BaseModel,
    "get_model.json": types.CustomModel,
    "get_evaluation.json": types.Evaluation,
    "get_endpoint.json": types.Endpoint,
}
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


@pytest.mark.parametrize("name", KINDS)
def test_official_examples_parse(name):
    path = REFERENCE / "examples-v3.2" / name
    if not path.exists():
        pytest.skip("the specification does not lie beside the repository")
    body = json.loads(path.read_text())["responses"]["200"]["body"]
    found = KINDS[name].parse(body)
    assert found.self_link == body["self"]
    assert found.display_name == body["displayName"]
