"""Copies from one resource to another."""

from datetime import timedelta

import pytest
from django.utils import timezone

from localspeech.models import CopyAuthorization, CopyOperation, CustomModel, SpeechResource
from localspeech.storage import local_path, model_folder
from tests.localspeech.test_refusals import innermost


@pytest.fixture
def permission(service, other_service, model):
    source = SpeechResource.objects.get(name="default").resource_id
    answer = other_service.post("models:authorizecopy", sourceResourceId=source)
    assert answer.status_code == 200
    return answer.json()


@pytest.mark.parametrize("version", ["3.2", "2025-10-15"])
def test_a_copy_can_be_used_by_its_new_owner(service, other_service, model, permission, version):
    service.version = version
    place = f"models/{model['self'][-36:]}:copy"
    begun = service.call("POST", place, permission)
    assert begun.status_code == 202
    assert begun["Operation-Location"] == begun.json()["self"]
    again = service.call("POST", place, permission)
    assert again.json()["id"] == begun.json()["id"]
    service.work()
    done = service.get(begun["Operation-Location"]).json()
    assert done["status"] == "Succeeded"
    copied = other_service.get(done["result"]["link"]).json()
    assert copied["status"] == "Succeeded"
    assert copied["properties"] == model["properties"]
    assert service.get(done["result"]["link"]).status_code == 404
    first, second = (local_path(model_folder(row.pk)) for row in CustomModel.objects.all())
    assert {f.name: f.read_bytes() for f in first.iterdir()} == {
        f.name: f.read_bytes() for f in second.iterdir()
    }
    service.call("DELETE", model["self"])
    made = other_service.post(
        "endpoints", displayName="E", locale="en-US", model={"self": copied["self"]}
    ).json()
    service.work()
    assert other_service.get(made["self"]).json()["status"] == "Succeeded"


def test_refused_copies(service, other_service, model, permission):
    place = f"models/{model['self'][-36:]}:copy"
    refused = other_service.post("models:authorizecopy", sourceResourceId="my resource")
    assert innermost(refused) == (400, "InvalidSourceAzureResourceId")
    foreign = {**permission, "id": "00000000-0000-4000-8000-000000000000"}
    assert innermost(service.call("POST", place, foreign)) == (400, "InvalidPermissions")
    CopyAuthorization.objects.update(source_resource_id="/elsewhere")
    assert innermost(service.call("POST", place, permission)) == (
        400, "InvalidSourceAzureResourceId",
    )  # fmt: skip
    CopyAuthorization.objects.update(
        source_resource_id=SpeechResource.objects.get(name="default").resource_id,
        expires=timezone.now() - timedelta(seconds=1),
    )
    assert innermost(service.call("POST", place, permission)) == (
        400, "ModelCopyAuthorizationExpired",
    )  # fmt: skip
    assert not CopyOperation.objects.exists()


def test_a_model_that_is_gone_ends_the_copy_with_the_reason(service, model, permission):
    begun = service.call("POST", f"models/{model['self'][-36:]}:copy", permission).json()
    service.call("DELETE", model["self"])
    service.work()
    done = service.get(begun["self"]).json()
    assert (done["status"], done["error"]["code"]) == ("Failed", "InvalidModel")
