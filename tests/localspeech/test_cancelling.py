"""A training or a test that is stopped: a state, a reason, and nothing left behind."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from localspeech import storage
from localspeech.jobs import evaluating, pieces, sweeping, training, working
from localspeech.models import CustomModel, Evaluation, EvaluationShard, StoredFile, TrainingShard
from tests.localspeech.test_adapting import order, sample

REASON = {"code": "Canceled", "message": "It was stopped before it had finished."}


def ended(answer):
    assert answer.status_code == 200, answer.content
    body = answer.json()
    return body["status"], body["properties"]["error"]


def cancel(service, made):
    return service.call("POST", f"{made['self'].partition('?')[0]}:cancel")


def test_a_training_that_waits(service):
    made = order(service, sample(2))
    assert ended(cancel(service, made)) == ("Failed", REASON)
    working.work("custommodel", made["self"][-36:])
    assert ended(service.get(made["self"])) == ("Failed", REASON)
    assert not TrainingShard.objects.exists()


def test_a_training_whose_recordings_are_being_learned_from(service):
    made = order(service, sample(8))
    working.work("custommodel", made["self"][-36:])
    first, *rest = TrainingShard.objects.all()
    pieces.do(first.pk)
    assert ended(cancel(service, made)) == ("Failed", REASON)
    assert ended(cancel(service, made)) == ("Failed", REASON)
    for piece in rest:
        pieces.do(piece.pk)
    assert not TrainingShard.objects.filter(pk__in=[one.pk for one in rest], attempts__gt=0)
    sweeping.clear()
    assert storage.with_scratch() != []  # a piece may still be in hand
    CustomModel.objects.update(last_action=timezone.now() - timedelta(minutes=11))
    sweeping.clear()
    assert (TrainingShard.objects.count(), storage.with_scratch()) == (0, [])
    assert service.call("DELETE", made["self"]).status_code == 204


def test_a_training_that_finishes_meanwhile_keeps_no_files(service, monkeypatch):
    text = service.upload(SimpleUploadedFile("a.txt", b"moor at the bollard\n")).json()
    service.work()
    body = {"displayName": "M", "locale": "en-US", "datasets": [{"self": text["self"]}]}
    made = service.post("models", **body).json()

    def late(*_):
        cancel(service, made)
        return []

    monkeypatch.setattr(training.adapting, "archives", late)
    working.work("custommodel", made["self"][-36:])
    assert ended(service.get(made["self"])) == ("Failed", REASON)
    model = CustomModel.objects.get()
    assert not StoredFile.objects.filter(owner=model.pk).exists()
    assert not storage.local_path(storage.model_folder(model.pk)).exists()


def test_what_has_ended_stays_as_it_ended(service):
    made = order(service, sample(1))
    service.work()
    answer = cancel(service, made)
    assert (answer.status_code, answer.json()["status"]) == (200, "Succeeded")


def running_test(service):
    """A test of the newest base, and its pieces."""
    sound = service.upload(SimpleUploadedFile("a.zip", sample(8)), "Acoustic").json()
    service.work()
    base = service.get("models/base").json()["values"][-1]
    body = {"displayName": "T", "locale": "en-US", "dataset": {"self": sound["self"]}}
    made = service.post("evaluations", **body, model1=base, model2=base).json()
    working.work("evaluation", made["self"][-36:])
    return made, list(EvaluationShard.objects.all())


@pytest.mark.parametrize("after", [0, 1])
def test_a_test(service, after):
    made, shards = running_test(service)
    for shard in shards[:after]:
        evaluating.recognise(shard.pk)
    assert ended(cancel(service, made)) == ("Failed", REASON)
    for shard in shards:
        evaluating.recognise(shard.pk)
    working.work("evaluation", made["self"][-36:])
    assert EvaluationShard.objects.filter(texts__isnull=False).count() == after
    assert Evaluation.objects.get().status == "Failed"


def test_a_piece_that_is_in_hand_ends_quietly(service, monkeypatch):
    made, shards = running_test(service)

    def slow(_):
        cancel(service, made)
        return ["x"]

    monkeypatch.setattr(evaluating, "_texts", slow)
    evaluating.recognise(shards[0].pk)
    assert ended(service.get(made["self"])) == ("Failed", REASON)
    Evaluation.objects.update(last_action=timezone.now() - timedelta(minutes=11))
    sweeping.clear()
    assert not EvaluationShard.objects.exists()


def test_a_piece_of_a_test_that_was_deleted_ends_quietly(service, monkeypatch):
    made, shards = running_test(service)

    def gone(_):
        cancel(service, made)
        service.call("DELETE", made["self"])
        return ["x"]

    monkeypatch.setattr(evaluating, "_texts", gone)
    evaluating.recognise(shards[0].pk)
    evaluating.recognise(shards[1].pk)
    assert not Evaluation.objects.exists()


def test_another_resource_s_training_is_not_there(service, other_service):
    made = order(service, sample(1))
    assert cancel(other_service, made).status_code == 404
