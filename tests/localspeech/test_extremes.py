"""The smallest and the largest data, and several jobs at once: each ends, and says how."""

import errno
import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from localspeech import doorbell, storage
from localspeech.jobs import evaluating, pieces, sweeping, working
from localspeech.models import CustomModel, Evaluation, EvaluationShard, StoredFile, TrainingShard
from tests.audio import wav
from tests.localspeech.test_adapting import sample


@pytest.fixture
def rung(monkeypatch):
    """What workers were told to do."""
    told = []
    monkeypatch.setattr(doorbell, "ring", lambda name, *given: told.append((name, *given)))
    return told


def archive(lines, seconds=0.05):
    """Clips and their texts; of clips this short the engine hears nothing."""
    data, clip = io.BytesIO(), wav(seconds)
    with zipfile.ZipFile(data, "w") as made:
        for name, _ in lines:
            made.writestr(name, clip)
        made.writestr("trans.txt", "".join(f"{name}\t{text}\n" for name, text in lines))
    return data.getvalue()


def sound(service, content):
    made = service.upload(SimpleUploadedFile("a.zip", content), "Acoustic").json()
    service.work()
    return service.get(made["self"]).json()


def begun(service, dataset):
    base = service.get("models/base").json()["values"][-1]
    body = {"displayName": "T", "locale": "en-US", "dataset": {"self": dataset["self"]}}
    made = service.post("evaluations", **body, model1=base, model2=base).json()
    working.work("evaluation", made["self"][-36:])
    return Evaluation.objects.get(pk=made["self"][-36:])


def pieces_rung(rung):
    """Those of them that are pieces of tests, in order."""
    return [told[1] for told in rung if told[0].endswith("recognise")]


def test_ten_thousand_utterances(service, rung):
    lines = [(f"{n}.wav", "moor at the bollard") for n in range(9_999)]
    row = begun(service, sound(service, archive(lines)))
    assert row.shards.count() == 1_667
    assert len(pieces_rung(rung)) == doorbell.MOST_RUNG
    last = row.shards.last()
    evaluating.recognise(last.pk)
    last.refresh_from_db()
    assert last.texts == [""] * 3


def test_a_large_test_leaves_room_for_others(service, rung, monkeypatch):
    monkeypatch.setattr(doorbell, "MOST_RUNG", 4)
    lines = [(f"{n}.wav", "moor at the bollard") for n in range(100)]
    row = begun(service, sound(service, archive(lines)))
    waiting = pieces_rung(rung)
    while waiting:
        assert len(waiting) <= doorbell.MOST_RUNG
        rung.clear()
        evaluating.recognise(waiting.pop(0))
        waiting += pieces_rung(rung)
    assert rung == [("localspeech.tasks.work", "evaluation", str(row.pk))]
    working.work("evaluation", str(row.pk))
    row.refresh_from_db()
    assert (row.status, row.results["sentenceCount1"]) == ("Succeeded", 100)


def test_more_files_than_an_archive_may_hold(service):
    lines = [(f"{n}.wav", "moor") for n in range(10_000)]
    dataset = sound(service, archive(lines))
    assert dataset["status"] == "Failed"
    assert "over 10,000 files" in dataset["properties"]["error"]["message"]


def test_a_worker_that_dies_before_it_rings_for_the_next(service, rung, monkeypatch):
    monkeypatch.setattr(doorbell, "MOST_RUNG", 1)
    row = begun(service, sound(service, sample(14)))
    first, second, _ = row.shards.all()
    EvaluationShard.objects.filter(pk=first.pk).update(texts=["x"] * 6)
    rung.clear()
    sweeping.sweep()
    assert ("localspeech.tasks.recognise", second.pk) in rung


def test_pieces_that_always_kill_their_workers_end_the_test(service, rung, monkeypatch):
    monkeypatch.setattr(doorbell, "MOST_RUNG", 1)
    row = begun(service, sound(service, sample(14)))
    for shard in row.shards.all():
        EvaluationShard.objects.filter(pk=shard.pk).update(attempts=4)
        sweeping.sweep()
    working.work("evaluation", str(row.pk))
    row.refresh_from_db()
    assert (row.status, "stopped 4 times" in row.error_message) == ("Failed", True)


def test_a_full_disk_in_a_test_is_told(service, monkeypatch):
    row = begun(service, sound(service, sample(1)))

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(evaluating, "_texts", full)
    evaluating.recognise(row.shards.get().pk)
    row.refresh_from_db()
    assert (row.status, "disk is full" in row.error_message) == ("Failed", True)


def test_transcripts_without_words(service):
    dataset = sound(service, archive([("1.wav", ""), ("2.wav", "...")]))
    assert dataset["status"] == "Failed"
    message = dataset["properties"]["error"]["message"]
    assert "No line of the transcript can be used. First problem: trans.txt, line 1" in message


def test_one_utterance(service):
    row = begun(service, sound(service, sample(1)))
    service.work()
    row.refresh_from_db()
    assert (row.status, row.results["sentenceCount1"]) == ("Succeeded", 1)


def test_two_trainings_at_once_do_not_touch_each_other(service):
    sounds = [sound(service, sample(count)) for count in (2, 3)]
    body = {"displayName": "M", "locale": "en-US"}
    made = [
        service.post("models", **body, datasets=[{"self": one["self"]}]).json() for one in sounds
    ]
    for one in made:
        working.work("custommodel", one["self"][-36:])
    waiting = list(TrainingShard.objects.order_by("start", "model"))
    assert {one.model_id for one in waiting} == {one.pk for one in CustomModel.objects.all()}
    for piece in waiting:
        pieces.do(piece.pk)
    for one in made:
        working.work("custommodel", one["self"][-36:])
    models = [service.get(one["self"]).json() for one in made]
    assert [one["status"] for one in models] == ["Succeeded"] * 2
    reports = [
        StoredFile.objects.get(owner=one["self"][-36:], name="report.json") for one in models
    ]
    read = [json.loads(storage.local_path(one.path).read_bytes()) for one in reports]
    assert [one["acoustic"]["clip_count"] for one in read] == [2, 3]
    assert storage.with_scratch() == []


def test_archives_that_are_none(service):
    for content in (b"", b"PK\x05\x06" + bytes(18), b"RIFF" + bytes(400)):
        dataset = sound(service, content)
        assert dataset["status"] == "Failed", content
        assert dataset["properties"]["error"]["message"]
