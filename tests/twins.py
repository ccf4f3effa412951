"""Two resources of the real local service, reached over HTTP, and a trained model in the first."""

import io
import uuid

from tests.factories import UserFactory
from tests.localspeech.conftest import Service
from training.models import ModelCopy
from training.services import (
    adoption,
    catalogue,
    connection,
    datekeeping,
    outbox,
    projects,
    resources,
)
from training.services import transfers as kept

TEXT = b"Moor at the bollard\nThe kittiwake sat\n"


def twins(address, key):
    """The first resource and one more of the same server, as the dashboard makes them."""
    first = resources.ensure_local(address, key)
    catalogue.refresh(first.pk)
    token = uuid.uuid4()
    resources.add_local("Second", token)
    second = resources.found_local(token)
    for resource in (first, second):
        catalogue.refresh(resource.pk)
        resource.refresh_from_db()
    return first, second


def project_on(resource, name, user=None, is_submitted=True):
    """A project that the service knows."""
    row = projects.create(
        resource=resource, display_name=name, description="", locale="en-US",
        user=user or UserFactory(), submission_key=uuid.uuid4(),
    )  # fmt: skip
    if is_submitted:
        outbox.submit("project", row.pk)
        row.refresh_from_db()
    return row


def work():
    """Let the local service do everything that waits."""
    Service(None).work()


def remote_model(resource, name="Harbour", project=""):
    """A model that was trained on the service, by somebody else."""
    with connection.client(resource) as client:
        data = client.upload_dataset(
            "Language", "Text", "en-US", "", project, "t.txt", io.BytesIO(TEXT), {}
        )
        work()
        made = client.create_model(
            name, "en-US", "", project, "", [data.self_link], 40, {"team": "harbour"}
        )
        work()
        return client.get(type(made), made.self_link)


def trained(project, name="Harbour", user=None):
    """Our row of a trained model."""
    remote = remote_model(project.resource, name, project.remote_self)
    row = adoption.model(remote, project, uuid.uuid4(), user)
    datekeeping.keep(row)
    return row


def carry(row, times=20):
    """Advance a copy as the sweep would, as if its times had come, until it ends."""
    for _ in range(times):
        ModelCopy.objects.filter(pk=row.pk).update(due_at=row.created_at)
        kept.advance(row.pk)
        row.refresh_from_db()
        if row.is_final:
            break
        work()
    return row
