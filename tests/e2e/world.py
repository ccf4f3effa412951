"""Rows in the states that pages can be in, without a service behind them."""

import json
import re
import uuid
from datetime import timedelta
from types import SimpleNamespace

import responses
from django.utils import timezone

from tests.factories import (
    BaseModelFactory,
    CustomModelFactory,
    DatasetFactory,
    ProjectFactory,
    ResourceFactory,
    UserFactory,
)
from training.models import Endpoint, Evaluation, TrainingDraft
from training.services import analysing, events
from training.validation.findings import Finding, Report

ORIGIN = "http://speech.test/speechtotext/v3.2"
RESULTS1 = {
    "word_error_rate": 0.107, "sentence_error_rate": 0.536, "word_count": 1233,
    "substitution_count": 121, "deletion_count": 1, "insertion_count": 3, "sentence_count": 28,
}  # fmt: skip
RESULTS2 = RESULTS1 | {"word_error_rate": 0.571, "substitution_count": 611}


_SAID = [["equal", word, word] for word in "the kittiwake left the north bollard".split()]
DETAILS = [
    {
        "file": f"{n:02}.wav",
        "reference": "the kittiwake left the north bollard",
        "model1": {
            "text": "the kittiwake left the north ballad" if n % 3 == 0 else
                    "the kittiwake left the north bollard",
            "operations": [*_SAID[:5], ["substitute", "bollard", "ballad"]] if n % 3 == 0 else
                          _SAID,
        },
        "model2": {
            "text": "the kid way the north bollard",
            "operations": [
                _SAID[0], ["insert", None, "kid"], ["substitute", "kittiwake", "way"],
                ["delete", "left", None], *_SAID[3:],
            ],
        },
    }
    for n in range(1, 31)
]  # fmt: skip


def service(mocked):
    """Let the service of the rows answer: files of every object, and a test's details."""
    row = {
        "self": f"{ORIGIN}/evaluations/1/files/1",
        "name": "details.json",
        "kind": "EvaluationDetails",
        "properties": {"size": 2048},
        "links": {"contentUrl": "http://speech.test/content/1"},
    }
    mocked.add_callback(
        responses.GET,
        re.compile(r"http://speech\.test/.*/files.*"),
        lambda request: (200, {}, json.dumps({"values": [row]})),
    )
    mocked.add(responses.GET, "http://speech.test/content/1", json=DETAILS)


def person(**more):
    """An administrator, who sees every page."""
    return UserFactory(username=f"ada{uuid.uuid4().hex[:6]}", is_staff=True, **more)


def few(user):
    """A project with one of everything, well."""
    resource = ResourceFactory(name="West Europe")
    project = ProjectFactory(
        resource=resource, display_name="Harbour radio", created_by=user, description="Ferries"
    )
    base = BaseModelFactory(resource=resource, display_name="20260920")
    BaseModelFactory(
        resource=resource,
        display_name="20250310",
        adaptation_expires_at=timezone.now() - timedelta(days=40),
        charged_for_adaptation=True,
        remote_created_at=timezone.now() - timedelta(days=600),
    )
    text = DatasetFactory(
        project=project, display_name="Harbour log", accepted_line_count=12345, created_by=user,
        rejected_line_count=3,
    )  # fmt: skip
    sound = DatasetFactory(
        project=project, display_name="Harbour test", kind="Acoustic", accepted_line_count=28,
        created_by=user, rejected_line_count=0,
    )  # fmt: skip
    model = CustomModelFactory(
        project=project,
        base_model=base,
        display_name="Harbour model",
        created_by=user,
        weight_percent=30,
        transcription_expires_at=timezone.now() + timedelta(days=60),
    )
    model.datasets.add(text)
    test = Evaluation.objects.create(
        project=project, dataset=sound, custom_model1=model, base_model2=base,
        display_name="Test of Harbour model", submission="submitted", status="Succeeded",
        remote_self=f"{ORIGIN}/evaluations/1", results1=RESULTS1, results2=RESULTS2,
        created_by=user,
    )  # fmt: skip
    analysing.keep(test, DETAILS)
    test.refresh_from_db()
    address = f"{resource.address}/speech/recognition/interactive/cognitiveservices/v1?cid=1"
    endpoint = Endpoint.objects.create(
        project=project, custom_model=model, display_name="Harbour live", submission="submitted",
        status="Succeeded", remote_self=f"{ORIGIN}/endpoints/1", created_by=user,
        raw={"self": f"{ORIGIN}/endpoints/1", "links": {"restInteractive": address}},
    )  # fmt: skip
    draft = TrainingDraft.objects.create(
        project=project, base_model=base, display_name="Next harbour model", created_by=user,
        updated_by=user, add_test=True, test_dataset=sound, weight_percent=50,
        visited=["baseline", "data"],
    )  # fmt: skip
    draft.datasets.add(text)
    events.record("created", model, user)
    events.record("succeeded", model)
    return SimpleNamespace(
        user=user, resource=resource, project=project, base=base, dataset=text, sound=sound,
        model=model, test=test, draft=draft, endpoint=endpoint,
    )  # fmt: skip


def running(user):
    """Work under way."""
    world = few(user)
    for row in (world.dataset, world.model):
        type(row).objects.filter(pk=row.pk).update(status="Running")
    Evaluation.objects.filter(pk=world.test.pk).update(
        status="Running", results1={}, results2={}, analysis={}, analysed_at=None
    )
    Endpoint.objects.filter(pk=world.endpoint.pk).update(status="Running")
    return world


def failed(user):
    """Everything went wrong, each in its own way."""
    world = few(user)
    reason = "Line 3: the transcript names clip07.wav, which is not in the archive."
    type(world.dataset).objects.filter(pk=world.dataset.pk).update(
        status="Failed", error_code="InvalidData", error_message=reason
    )
    type(world.model).objects.filter(pk=world.model.pk).update(
        submission="refused", status="", error_code="InvalidModel",
        error_message="The baseline model can no longer be adapted.",
    )  # fmt: skip
    type(world.test).objects.filter(pk=world.test.pk).update(
        status="Running", trouble="The service did not answer in time.", results1={}, results2={}
    )
    Endpoint.objects.filter(pk=world.endpoint.pk).update(
        status="Failed", error_message="The model could not be loaded."
    )
    type(world.resource).objects.filter(pk=world.resource.pk).update(
        trouble="The service refused the key; enter a valid one under Resources."
    )
    world.model.refresh_from_db()
    events.record("failed", world.model, text=world.model.error_message)
    return world


def many(user):
    """More than a page of models in every status, with long names."""
    world = few(user)
    states = ("Succeeded", "Running", "NotStarted", "Failed")
    for n in range(60):
        name = f"Harbour {n}" if n % 7 else f"Harbour radio of the northern approaches, series {n}"
        CustomModelFactory(
            project=world.project, base_model=world.base, display_name=name, created_by=user,
            status=states[n % 4], error_message="No line can be used." if n % 4 == 3 else "",
        )  # fmt: skip
    return world


def empty(user):
    """A project and nothing in it."""
    project = ProjectFactory(display_name="New project", created_by=user)
    draft = TrainingDraft.objects.create(project=project, created_by=user, updated_by=user)
    return SimpleNamespace(user=user, project=project, resource=project.resource, draft=draft)


def held(user):
    """Data that was checked and waits for a person."""
    world = few(user)
    report = Report()
    for line in (3, 17):
        report.add(Finding("The line contains a web address; remove it.", line=line))
    report.add(Finding("The line contains '’' (U+2019).", line=8, correction="the ship's log"))
    report.add(Finding("The file has 2 channels; make it mono.", file="02.wav", can_be_fixed=True))
    report.usable = 1234
    type(world.dataset).objects.filter(pk=world.dataset.pk).update(
        submission="held", status="", report=report.as_json()
    )
    type(world.sound).objects.filter(pk=world.sound.pk).update(
        submission="held", status="", report=report.stop("The file is no zip archive.").as_json()
    )
    return world


STATES = {
    "held": held,
    "few": few,
    "running": running,
    "failed": failed,
    "many": many,
    "empty": empty,
}
