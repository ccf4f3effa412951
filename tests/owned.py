"""A project with one of every object that an address can name."""

import io
import uuid
from types import SimpleNamespace

from tests.factories import CustomModelFactory, DatasetFactory, ProjectFactory
from training.models import (
    Deadline,
    Endpoint,
    Evaluation,
    Membership,
    ModelCopy,
    NewWord,
    RenewalPlan,
    TestDraft,
    TrainingDraft,
    UploadDraft,
    Utterance,
)
from training.services import uploads


def remote(kind):
    return f"http://speech.test/speechtotext/v3.2/{kind}/{uuid.uuid4()}"


def project_with_everything(**more):
    """Rows by what stands before their number in an address, and some that forms name."""
    project = ProjectFactory(open_to="", **more)
    text = DatasetFactory(project=project)
    sound = DatasetFactory(project=project, kind="Acoustic")
    word = NewWord.objects.create(dataset=text, position=0, word="ormsay", times=3)
    model = CustomModelFactory(project=project)
    usual = {"project": project, "submission": "submitted", "status": "Succeeded"}
    test = Evaluation.objects.create(
        dataset=sound, custom_model1=model, custom_model2=model, display_name="Test",
        remote_self=remote("evaluations"), results1={"word_error_rate": 0.1}, **usual,
    )  # fmt: skip
    Utterance.objects.create(evaluation=test, position=0)
    endpoint = Endpoint.objects.create(
        custom_model=model, display_name="Endpoint", remote_self=remote("endpoints"), **usual
    )
    draft = TrainingDraft.objects.create(project=project)
    upload = UploadDraft.objects.create(project=project, kind="Language", visited=["kind"])
    file = uploads.take(upload, "log.txt", 20, io.BytesIO(b"Moor at the bollard\n"))
    there = ProjectFactory(open_to="")
    copy = ModelCopy.objects.create(
        source=model, source_name="Model", source_resource=project.resource, project=there,
        display_name="Copy", state="failed",
    )  # fmt: skip
    RenewalPlan.objects.create(model=model, test_dataset=sound)
    return SimpleNamespace(
        project=project, word=word, sound=sound, there=there, file=file,
        deadline=Deadline.objects.create(
            resource=project.resource, custom_model=model, kind=Deadline.Kind.TRANSCRIPTION,
            at=model.base_model.transcription_expires_at,
        ),
        of={
            "datasets": text, "models": model, "tests": test, "endpoints": endpoint,
            "drafts": draft, "uploads": upload, "copies": copy,
            "tests/drafts": TestDraft.objects.create(project=project, dataset=sound),
        },
    )  # fmt: skip


def join(world, person, role):
    """Name a person in the project, and in the one that its model was copied to."""
    for project in (world.project, world.there):
        Membership.objects.create(project=project, person=person, role=role)
    return person


def values(world, address, project=None):
    """What the address is filled in with, of this world."""
    row = world.of.get(address.object)
    return {
        "project_id": (project or world.project).pk, "pk": row.pk if row else 0,
        "key": world.file.key, "block": 0, "step": "review", "kind": "models", "position": 0,
        "form": "csv", "file_id": "x", "name": "models", "token": "x" * 40, "uidb36": "1",
        "provider_id": "company",
    }  # fmt: skip
