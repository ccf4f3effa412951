"""A resource that moves to another address takes everything along."""

import pytest

from tests.factories import CustomModelFactory
from training.models import Endpoint
from training.services import relocation
from training.services.endpoints import can_be_tried


@pytest.mark.django_db
def test_links_of_finished_objects_follow():
    model = CustomModelFactory()
    project, resource = model.project, model.project.resource
    old, new = "http://speech.test", "http://speech.test:9000"
    address = f"{old}/speech/recognition/interactive/cognitiveservices/v1?cid=1"
    files = f"{old}/speechtotext/v3.2/endpoints/1/files"
    Endpoint.objects.create(
        project=project, custom_model=model, display_name="E", status="Succeeded",
        remote_self=f"{old}/speechtotext/v3.2/endpoints/1",
        raw={"links": {"restInteractive": address, "files": files}, "note": "http://speech.test"},
    )  # fmt: skip
    relocation.move(resource, old, new)
    resource.address = new
    resource.save()
    row = Endpoint.objects.get()
    assert row.remote_self.startswith(f"{new}/")
    assert row.link("files").startswith(f"{new}/")
    assert can_be_tried(row)
    model.refresh_from_db()
    assert model.remote_self.startswith(f"{new}/")
