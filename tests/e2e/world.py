"""Rows in the states that pages can be in, without a service behind them."""

import io
import json
import re
import uuid
from datetime import timedelta
from types import SimpleNamespace

import responses
from django.core.files.base import ContentFile
from django.utils import timezone

from tests.e2e import world_elsewhere
from tests.factories import (
    BaseModelFactory,
    CustomModelFactory,
    DatasetFactory,
    ProjectFactory,
    ResourceFactory,
    UserFactory,
)
from training import details
from training.models import (
    Channel,
    Deadline,
    Endpoint,
    Evaluation,
    Membership,
    NewWord,
    Overlap,
    RenewalPlan,
    TestDraft,
    TrainingDraft,
    UploadDraft,
)
from training.services import (
    analysing,
    copies,
    datekeeping,
    deadlines,
    describing,
    events,
    fingerprints,
    invitations,
    renewal,
    uploads,
)
from training.services.sample import FOLDER
from training.validation.checks import check
from training.validation.findings import Finding, Report

ORIGIN = "http://speech.test/speechtotext/v3.2"
RESULTS1 = {
    "word_error_rate": 0.107, "sentence_error_rate": 0.536, "word_count": 1233,
    "substitution_count": 121, "deletion_count": 1, "insertion_count": 3, "sentence_count": 28,
}  # fmt: skip
RESULTS2 = RESULTS1 | {"word_error_rate": 0.571, "substitution_count": 611, "deletion_count": 88}


def _new(word, count, phones, form, is_guessed=True):
    return {
        "word": word, "count": count, "pronunciations": [phones], "spokenForm": form,
        "isGuessed": is_guessed,
    }  # fmt: skip


BASES = [{"displayName": one, "guessesPronunciations": False} for one in ("20250310", "20251201")]
TOLD = {
    "wordCount": 1018, "vocabularySize": 301, "newWordCount": 6, "baseModels": BASES,
    "newWords": [
        _new("skelwick", 31, "S K EH L W IH K", "schell wick"),
        _new("kittiwakes", 18, "K IH T IH W EY K S", "kitty wakes"),
        _new("ormsay", 12, "AO R M S EY", "orme say"),
        _new("quaysides", 3, "K W AY Z AY D Z", None),
        _new("brannoch", 2, "B R AE N AA K", "brann ock", is_guessed=False),
        _new("oberhafenmeisterei", 1, "OW B ER HH EY F AH N M AY S T ER IY", "oh burr hay fun my "
             "stir ee"),
    ],
}  # fmt: skip
NAMED = {
    "wordCount": 20,
    "vocabularySize": 20,
    "newWordCount": 1,
    "baseModels": BASES,
    "newWords": [_new("ormsay", 1, "AO R M Z IY", "orm zee", is_guessed=False)],
}
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


INSPECTED = [
    {
        "file": f"recording-{n:02}.wav",
        "model1": {"text": "moor the ferry at the north bollard" if n % 3 else "all clear"},
        "model2": {"text": "more the ferry the north ballad" if n % 3 else "all clear"},
    }
    for n in range(1, 31)
]


def service(mocked):
    """Let the service of the rows answer: files of every object, and a test's details."""
    row = {
        "self": f"{ORIGIN}/evaluations/1/files/1",
        "name": "details.json",
        "kind": "EvaluationDetails",
        "properties": {"size": 2048},
        "links": {"contentUrl": "http://speech.test/content/1"},
    }
    listed = re.compile(r"http://speech\.test/.*/files")
    one = re.compile(r"http://speech\.test/.*/files/.+")
    mocked.add_callback(
        responses.GET, listed, lambda request: (200, {}, json.dumps({"values": [row]}))
    )
    mocked.add_callback(responses.GET, one, lambda request: (200, {}, json.dumps(row)))
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
    names = DatasetFactory(project=project, display_name="Harbour names", kind="Pronunciation")
    text = DatasetFactory(
        project=project, display_name="Harbour log", accepted_line_count=12345, created_by=user,
        rejected_line_count=3, file_name="harbour-log.txt",
    )  # fmt: skip
    sound = DatasetFactory(
        project=project, display_name="Harbour test", kind="Acoustic", accepted_line_count=28,
        created_by=user, rejected_line_count=0, file_name="harbour-test.zip",
    )  # fmt: skip
    filled(text, sound, names)
    model = CustomModelFactory(
        project=project,
        base_model=base,
        display_name="Harbour model",
        created_by=user,
        weight_percent=30,
        transcription_expires_at=timezone.now() + timedelta(days=60),
    )
    model.datasets.add(text)
    tests = _tests(user, project, base, model, sound)
    world_elsewhere.copies(user, model)
    found = world_elsewhere.found(resource)
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
    plan = RenewalPlan(model=model, test_dataset=sound, person=user)
    renewal.keep(plan, user)
    RenewalPlan.objects.update(state="deciding", candidate=model, evaluation=tests["test"])
    datekeeping.refresh()
    channel = Channel.objects.create(
        name="Harbour team", kind="teams", address="https://teams.test/workflow", created_by=user
    )
    upload = UploadDraft.objects.create(
        project=project, kind="Language", description="Of the last year", created_by=user,
        updated_by=user, visited=["kind", "files"],
    )  # fmt: skip
    uploads.take(upload, "harbour-log-2026.txt", 20, io.BytesIO(b"Moor at the bollard\n"))
    uploads.add(upload, "harbour-radio-of-the-northern-approaches-2025.txt", 30_000_000, 1)
    events.record("created", model, user)
    events.record("succeeded", model)
    for role, name in (("owner", user), ("viewer", UserFactory(first_name="Ben"))):
        Membership.objects.create(project=project, person=name, role=role)
    invitation = invitations.invite(f"{uuid.uuid4().hex[:6]}@example.org", "trainer", user)
    return SimpleNamespace(
        user=user, resource=resource, project=project, base=base, dataset=text, sound=sound,
        model=model, draft=draft, endpoint=endpoint, upload=upload, invitation=invitation,
        channel=channel, found=found, **tests,
    )  # fmt: skip


def filled(text, sound, names):
    """Files with what they say, for a dataset of each usual kind."""
    for row, name in ((text, "related-text.txt"), (names, "pronunciation.txt"),
                      (sound, "test-audio.zip")):  # fmt: skip
        row.file.save(name, ContentFile((FOLDER / name).read_bytes()))
        with copies.as_path(row) as path:
            report = check(row.kind, path, "en-US")
            fingerprints.keep(row, path, report.contents)
        type(row).objects.filter(pk=row.pk).update(report=report.as_json())
        row.refresh_from_db()
        describing.keep(row, TOLD if row is text else NAMED if row is names else {})
        row.refresh_from_db()
    counts = {"shared_clips": 0, "clips": 0, "shared_sentences": 12, "sentences": 118}
    Overlap.objects.create(dataset=text, other=sound, is_same_file=False, **counts)
    counts = {"shared_clips": 0, "clips": 28, "shared_sentences": 12, "sentences": 28}
    Overlap.objects.create(dataset=sound, other=text, is_same_file=False, **counts)
    text.new_words.filter(position__lt=2).update(is_chosen=True)
    text.new_words.filter(position=1).update(spoken_form="kitty wake!")


def _tests(user, project, base, model, sound):
    """A test, an inspection with its data, and the draft of another test."""
    test = Evaluation.objects.create(
        project=project, dataset=sound, custom_model1=model, base_model2=base,
        display_name="Test of Harbour model", submission="submitted", status="Succeeded",
        remote_self=f"{ORIGIN}/evaluations/1", results1=RESULTS1, results2=RESULTS2,
        created_by=user,
    )  # fmt: skip
    analysing.keep(test, details.own(json.dumps(DETAILS).encode()))
    test.refresh_from_db()
    audio = DatasetFactory(
        project=project, display_name="Harbour recordings", kind="AudioFiles", created_by=user,
        accepted_line_count=30, rejected_line_count=0,
    )  # fmt: skip
    inspection = Evaluation.objects.create(
        project=project, dataset=audio, custom_model1=model, base_model2=base,
        testing_kind="Inspection", display_name="Inspection of Harbour model",
        submission="submitted", status="Succeeded", remote_self=f"{ORIGIN}/evaluations/2",
        created_by=user,
    )  # fmt: skip
    analysing.keep(inspection, details.own(json.dumps(INSPECTED).encode()))
    inspection.refresh_from_db()
    test_draft = TestDraft.objects.create(
        project=project, dataset=sound, custom_model1=model, display_name="Spring test",
        created_by=user, updated_by=user, visited=["kind", "data"],
    )  # fmt: skip
    return {"test": test, "audio": audio, "inspection": inspection, "test_draft": test_draft}


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
            transcription_expires_at=timezone.now() + timedelta(days=13 * n - 60),
            created_at=timezone.now() - timedelta(days=10 * n),
        )  # fmt: skip
    datekeeping.refresh()
    first = Deadline.objects.exclude(custom_model=None).order_by("at")
    deadlines.handle(first[:1], user)
    deadlines.snooze(first[2:3], user, timezone.localdate() + timedelta(days=30))
    NewWord.objects.bulk_create(
        NewWord(
            dataset=world.dataset, position=n, word=f"harbour{chr(97 + n % 26)}word", times=200 - n,
            pronunciation="HH AA R B ER W ER D", is_guessed=True, suggestion="harbor word",
        ) for n in range(6, 126)
    )  # fmt: skip
    type(world.dataset).objects.filter(pk=world.dataset.pk).update(new_word_count=8126)
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
