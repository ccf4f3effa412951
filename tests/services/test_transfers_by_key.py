"""Copies between two Azure resources, as far as public descriptions go: both ways of asking."""

import json
import uuid

import pytest
import requests
import responses
from django.utils import timezone

from tests.factories import CustomModelFactory, ProjectFactory, ResourceFactory, UserFactory
from training.models import ModelCopy
from training.services import copying, transfers
from training.services.copying import Target

SOURCE = "https://westus.api.cognitive.microsoft.com"
TARGET = "https://japaneast.api.cognitive.microsoft.com"
ROOT = "/speechtotext/v3.2"
ARM = "/subscriptions/1/resourceGroups/a/providers/Microsoft.CognitiveServices/accounts/west"
PERMISSION = {
    "id": "1", "targetResourceId": "/subscriptions/2", "sourceResourceId": ARM,
    "targetResourceRegion": "japaneast", "targetResourceEndpoint": TARGET,
    "expirationDateTime": "2030-01-01T00:00:00Z",
}  # fmt: skip


@pytest.fixture
def row(db):
    west = ResourceFactory(name="West", address=SOURCE, key="key-of-west", service_id=ARM)
    east = ResourceFactory(name="East", address=TARGET, key="key-of-east")
    model = CustomModelFactory(
        project=ProjectFactory(resource=west),
        display_name="M",
        remote_self=f"{SOURCE}{ROOT}/models/1",
    )
    project = ProjectFactory(resource=east, remote_self=f"{TARGET}{ROOT}/projects/9")
    (made,) = copying.request([model], [Target(east, project)], UserFactory(), uuid.uuid4())
    return made


def model_at(address, **more):
    return {
        "self": f"{address}{ROOT}/models/2", "displayName": "M", "locale": "en-US",
        "status": "Succeeded", "createdDateTime": "2026-01-01T00:00:00Z", **more,
    }  # fmt: skip


def go_on(row):
    ModelCopy.objects.update(due_at=timezone.now())
    transfers.advance(row.pk)
    row.refresh_from_db()


def connects():
    responses.get(f"{TARGET}{ROOT}/models/2", json=model_at(TARGET))
    return responses.patch(f"{TARGET}{ROOT}/models/2", json=model_at(TARGET))


@responses.activate
def test_the_result_may_be_named_at_another_host_of_the_target(row):
    asked = responses.post(f"{TARGET}{ROOT}/models:authorizecopy", json=PERMISSION)
    place = f"{SOURCE}{ROOT}/operations/models/copy/5"
    sent = responses.post(
        f"{SOURCE}{ROOT}/models/1:copy", status=202, json={"self": place, "status": "NotStarted"}
    )
    responses.get(place, json={"self": place, "status": "Running"}, headers={"Retry-After": "40"})
    responses.get(
        place,
        json={
            "self": place,
            "status": "Succeeded",
            "result": {"link": f"https://other.cognitiveservices.azure.com{ROOT}/models/2"},
        },
    )
    connected = connects()
    go_on(row)
    assert row.state == "copying"
    assert (row.due_at - timezone.now()).total_seconds() > 30
    go_on(row)
    assert row.state == "succeeded"
    assert json.loads(asked.calls[0].request.body) == {"sourceResourceId": ARM}
    assert json.loads(sent.calls[0].request.body) == PERMISSION
    body = json.loads(connected.calls[0].request.body)
    assert body["project"] == {"self": row.project.remote_self}
    keys = {call.request.headers["Ocp-Apim-Subscription-Key"] for call in sent.calls}
    assert keys == {"key-of-west"}


def gives_no_permission():
    refused = {"code": "NotFound", "message": "No such operation."}
    responses.post(f"{TARGET}{ROOT}/models:authorizecopy", status=404, json=refused)


@responses.activate
def test_the_older_way_is_taken_where_there_is_no_permission_to_be_had(row):
    gives_no_permission()
    copy = f"{SOURCE}{ROOT}/models/1:copy"
    responses.post(copy, body=requests.ReadTimeout())
    listed = responses.get(f"{TARGET}{ROOT}/models", json={"values": []})
    sent = responses.post(copy, json=model_at(TARGET), status=201)
    connects()
    go_on(row)
    assert "did not answer in time" in row.trouble
    go_on(row)
    assert row.state == "succeeded"
    assert listed.call_count == 1
    assert json.loads(sent.calls[0].request.body) == {"targetSubscriptionKey": "key-of-east"}


@responses.activate
def test_what_the_older_way_made_is_found_before_it_is_asked_for_again(row):
    gives_no_permission()
    lost = responses.post(f"{SOURCE}{ROOT}/models/1:copy", body=requests.ReadTimeout())
    responses.get(f"{TARGET}{ROOT}/models", json={"values": [model_at(TARGET)]})
    connects()
    go_on(row)
    go_on(row)
    assert (row.state, lost.call_count) == ("succeeded", 1)


@responses.activate
def test_a_key_is_told_to_no_other_host(row):
    row.source_resource.address = "https://speech.elsewhere.test"
    row.source_resource.save()
    gives_no_permission()
    go_on(row)
    assert (row.state, row.error_code) == ("failed", "NotFound")
    assert len(responses.calls) == 1
