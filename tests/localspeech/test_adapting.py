"""Acoustic data through the whole service."""

import errno
import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from localspeech import storage
from localspeech.engine.acoustic.delta import DELTA_FILE
from localspeech.engine.releases import BASE_MODELS
from localspeech.jobs import pieces, sweeping, working
from localspeech.links import base_model_id
from localspeech.models import CustomModel, StoredFile, TrainingShard
from tests.audio import wav
from training.services.sample import FOLDER


def sample(count):
    """The first clips of the sample, as an archive."""
    data = io.BytesIO()
    with zipfile.ZipFile(FOLDER / "test-audio.zip") as whole, zipfile.ZipFile(data, "w") as part:
        lines = whole.read("trans.txt").decode("utf-8-sig").splitlines()[:count]
        for line in lines:
            name = line.partition("\t")[0]
            part.writestr(name, whole.read(name))
        part.writestr("trans.txt", "\n".join(lines))
    return data.getvalue()


def mismatched(count):
    """Noise, with words that nobody says in it."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        for number in range(count):
            made.writestr(f"{number}.wav", wav(2, seed=number))
        made.writestr("trans.txt", "".join(f"{n}.wav\tmoor at the bollard\n" for n in range(count)))
    return data.getvalue()


def order(service, archive, **more):
    """A training that has been ordered."""
    sound = service.upload(SimpleUploadedFile("a.zip", archive), "Acoustic").json()
    service.work()
    body = {"displayName": "M", "locale": "en-US", "datasets": [{"self": sound["self"]}], **more}
    return service.post("models", **body).json()


def train(service, archive, **more):
    """A finished model and its acoustic report."""
    made = order(service, archive, **more)
    service.work()
    model = service.get(made["self"]).json()
    report = StoredFile.objects.filter(owner=model["self"][-36:], name="report.json").first()
    if report is None:
        return model, None
    return model, json.loads(storage.local_path(report.path).read_bytes())["acoustic"]


def names(service, model):
    return {one["name"] for one in service.get(f"{model['self']}/files").json()["values"]}


def test_recordings_adapt_the_acoustic_model(service, other_service):
    model, report = train(service, sample(10))
    assert model["status"] == "Succeeded"
    assert (report["kept"], report["aligned_count"]) == ("adapted", 10)
    assert report["adapted_word_error_rate"] < report["base_word_error_rate"]
    assert model["customProperties"] == {"trainingOutcome": report["sentence"]}
    assert "not learned from" in report["sentence"]
    assert DELTA_FILE in names(service, model)
    assert not TrainingShard.objects.exists()
    assert storage.with_scratch() == []
    copy = copied(service, other_service, model)
    for one in (model, copy):
        folder = storage.local_path(storage.model_folder(one["self"][-36:]))
        assert (folder / DELTA_FILE).exists()
    endpoint = service.post(
        "endpoints", displayName="E", locale="en-US", model={"self": model["self"]}
    ).json()
    service.work()
    assert service.get(endpoint["self"]).json()["status"] == "Succeeded"


def copied(service, other_service, model):
    source = CustomModel.objects.get(pk=model["self"][-36:]).resource.resource_id
    order = other_service.post("models:authorizecopy", sourceResourceId=source).json()
    answer = service.post(f"{model['self']}:copy", **order)
    service.work()
    return other_service.get(
        service.get(answer["Operation-Location"]).json()["result"]["link"]
    ).json()


def test_one_clip_is_too_little_to_compare(service):
    model, report = train(service, sample(1))
    assert model["status"] == "Succeeded"
    assert report["kept"] == "base"
    assert "too little audio" in report["sentence"]
    assert DELTA_FILE not in names(service, model)


def test_recordings_that_are_not_of_their_transcripts_fail_the_training(service):
    model, report = train(service, mismatched(9))
    assert (model["status"], report) == ("Failed", None)
    error = model["properties"]["error"]
    assert error["code"] == "InvalidDataset"
    assert "None of the 9 clips" in error["message"]
    assert "0.wav, does not sound like its transcript" in error["message"]
    CustomModel.objects.update(last_action=timezone.now() - timedelta(minutes=11))
    sweeping.clear()
    assert storage.with_scratch() == []
    assert not TrainingShard.objects.exists()


def test_an_older_base_learns_the_transcripts_alone(service):
    older = {"baseModel": {"self": f"http://x/{base_model_id(BASE_MODELS[-2])}"}}
    model, report = train(service, sample(2), **older)
    assert (model["status"], report) == ("Succeeded", None)


def first_piece(service, archive):
    """A piece that waits to be done."""
    made = order(service, archive)
    working.work("custommodel", made["self"][-36:])
    return TrainingShard.objects.filter(model=made["self"][-36:]).first()


def test_a_killed_worker_costs_its_piece_alone(service):
    killed = first_piece(service, sample(2))
    before = timezone.now() - timedelta(minutes=9)
    TrainingShard.objects.filter(pk=killed.pk).update(claimed_until=before, attempts=1)
    sweeping.sweep()
    killed.refresh_from_db()
    assert killed.claimed_until is None
    service.work()
    assert CustomModel.objects.get().status == "Succeeded"


def test_a_piece_that_always_kills_its_worker_ends_the_training(service):
    piece = first_piece(service, sample(2))
    TrainingShard.objects.filter(pk=piece.pk).update(attempts=4)
    working.work("custommodel", str(piece.model_id))
    model = CustomModel.objects.get()
    assert model.status == "Failed"
    assert "stopped 4 times on one piece" in model.error_message


def test_a_full_disk_is_told(service, monkeypatch):
    piece = first_piece(service, sample(2))

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(storage, "write_whole", full)
    pieces.do(piece.pk)
    model = CustomModel.objects.get()
    assert (model.status, "disk is full" in model.error_message) == ("Failed", True)


def test_another_error_is_left_to_be_tried_again(service, monkeypatch):
    piece = first_piece(service, sample(2))

    def broken(*_):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(storage, "write_whole", broken)
    with pytest.raises(PermissionError):
        pieces.do(piece.pk)
    assert CustomModel.objects.get().status == "Running"


def test_a_model_that_is_deleted_while_it_learns_leaves_nothing(service):
    piece = first_piece(service, sample(2))
    storage.write_whole(storage.scratch(piece.model_id) / "sums-0.npz", b"x")
    CustomModel.objects.all().delete()
    pieces.do(piece.pk)
    sweeping.clear()
    assert storage.with_scratch() == []


def told(service, piece):
    """The custom properties that the API shows of a piece's model."""
    return service.get(f"models/{piece.model_id}").json()["customProperties"]


def test_progress_is_measured_and_told(service):
    made = order(service, sample(8), customProperties={"key": "1"})
    assert made["customProperties"] == {"key": "1"}
    working.work("custommodel", made["self"][-36:])
    waiting = list(TrainingShard.objects.all())
    assert told(service, waiting[0]) == {
        "key": "1", "trainingPhase": "1 of 3: aligning audio with its transcripts",
        "trainingPercent": "0",
    }  # fmt: skip
    pieces.do(waiting[0].pk)
    shown = told(service, waiting[0])
    assert 0 < int(shown["trainingPercent"]) < 100
    assert int(shown["trainingSecondsLeft"]) >= 0
    for piece in waiting[1:]:
        pieces.do(piece.pk)
    working.work("custommodel", made["self"][-36:])
    assert told(service, waiting[0])["trainingPhase"].startswith("2 of 3")


def test_properties_of_the_client_come_first(service):
    own = {f"key{number}": "x" for number in range(10)}
    made = order(service, sample(1), customProperties=own)
    service.work()
    assert service.get(made["self"]).json()["customProperties"] == own
