"""Utterances from whatever files a service offers, as Azure and our own are known to."""

import json
from types import SimpleNamespace

import pytest
import responses
from django.core.files.base import ContentFile

from tests.audio import archive, test_archive, wav
from tests.factories import CustomModelFactory, DatasetFactory
from training.models import Evaluation
from training.services import analysing, details
from training.services.vocabulary import taught
from training.speechapi.errors import ServiceFailed

ORIGIN = "http://speech.test/speechtotext/v3.2"


@pytest.fixture
def world(db, tmp_path):
    """A finished test whose service has the files that a test case puts there."""
    model = CustomModelFactory()
    sound = DatasetFactory(project=model.project, kind="Acoustic")
    clips = test_archive(tmp_path / "a.zip", ["Moor here, please!", "All clear"])
    sound.file.save("a.zip", ContentFile(clips.read_bytes()))
    test = Evaluation.objects.create(
        project=model.project, dataset=sound, custom_model1=model, base_model2=model.base_model,
        display_name="T", submission="submitted", status="Succeeded",
        remote_self=f"{ORIGIN}/evaluations/1",
    )  # fmt: skip
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mocked:
        yield SimpleNamespace(test=test, sound=sound, model=model, mocked=mocked)


def offer(world, owner, **files):
    """Let an object have files: kind and content by name."""
    values = []
    for number, (name, (kind, content)) in enumerate(files.items()):
        link = f"http://storage.test/{owner.rpartition('/')[2]}/{number}"
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        status = 404 if content == b"gone" else 200
        world.mocked.get(link, body=body, status=status)
        values.append({
            "self": f"{owner}/files/{number}", "name": name, "kind": kind,
            "links": {"contentUrl": link}, "properties": {"size": len(body)},
        })  # fmt: skip
    world.mocked.get(f"{owner}/files", json={"values": values})


def score(*lexical):
    return {"recognizedPhrases": [{"nBest": [{"lexical": one, "scoringResult": one}]}
                                  for one in lexical]}  # fmt: skip


def texts(found):
    return [(one.file, one.reference, *one.texts) for one in found]


def test_a_file_for_each_clip_and_model(world):
    offer(world, world.test.remote_self, **{
        "clip1.wav.model1_score.json": ("EvaluationDetails", score("all clear")),
        "clip1.wav.model2_score.json": ("EvaluationDetails", score("all", "deer")),
        "clip0.wav.model1_score.json": ("EvaluationDetails", score("moor here please")),
        "clip0.wav.model2_score.json": ("EvaluationDetails", b"gone"),
    })  # fmt: skip
    found = details.read(world.test)
    assert texts(found) == [
        ("clip0.wav", "Moor here, please!", "moor here please", ""),
        ("clip1.wav", "All clear", "all clear", "all deer"),
    ]
    assert found[1].operations[1] == [["equal", "all", "all"], ["substitute", "clear", "deer"]]
    analysing.analyse(world.test.pk)
    world.test.refresh_from_db()
    assert world.test.is_measured
    assert world.test.analysis["gained"][0][1] == 1
    assert [one.errors2 for one in world.test.utterances.all()] == [3, 1]


def test_a_text_file_for_each_model(world):
    offer(world, world.test.remote_self, **{
        "model1.txt": ("Transcription", b"clip0.wav\tmoor here please\nclip1.wav\tall clear\n"),
        "model2.txt": ("Transcription", b"clip1.wav\tall\n"),
    })  # fmt: skip
    assert [one.texts for one in details.read(world.test)] == [
        ("moor here please", ""), ("all clear", "all"),
    ]  # fmt: skip


def test_the_transcriptions_that_the_test_names(world):
    first, second = (f"{ORIGIN}/transcriptions/{n}" for n in (1, 2))
    world.test.raw = {"transcription1": {"self": first}, "transcription2": {"self": second}}
    whole = {"combinedRecognizedPhrases": [{"lexical": "moor here"}]}
    offer(world, world.test.remote_self)
    source = "https://storage.test/in/clip0.wav?sig=1"
    offer(world, first, **{
        "report.json": ("TranscriptionReport", {}),
        "a.json": ("Transcription", {"source": source, **whole}),
    })  # fmt: skip
    offer(world, second, **{"clip0.wav.json": ("Transcription", whole)})
    assert texts(details.read(world.test)) == [
        ("clip0.wav", "Moor here, please!", "moor here", "moor here")
    ]


def test_transcriptions_that_are_gone_and_forms_that_are_unknown_give_nothing(world):
    gone = f"{ORIGIN}/transcriptions/9"
    world.test.raw = {"transcription1": {"self": gone}}
    world.mocked.get(f"{gone}/files", status=404, json={"code": "NotFound"})
    offer(world, world.test.remote_self, **{"details.bin": ("EvaluationDetails", b"\x00\xff")})
    assert details.read(world.test) == []
    analysing.analyse(world.test.pk)
    world.test.refresh_from_db()
    assert (world.test.analysis, world.test.analysed_at is None) == ({}, False)


def test_a_service_that_fails_is_not_taken_for_one_without_files(world):
    offer(world, world.test.remote_self, **{
        "clip0.wav.model1_score.json": ("EvaluationDetails", score("moor")),
    })  # fmt: skip
    world.mocked.replace(responses.GET, "http://storage.test/1/0", status=503)
    with pytest.raises(ServiceFailed):
        details.read(world.test)
    analysing.analyse(world.test.pk)
    world.test.refresh_from_db()
    assert world.test.analysed_at is None


@pytest.mark.parametrize("offered", [True, False])
def test_data_from_an_address_has_its_transcript_on_the_service(world, offered):
    world.sound.file.delete()
    transcript = {"trans.txt": ("AcousticDataTranscriptionV2", b"clip0.wav\tMoor here\n")}
    offer(world, world.sound.remote_self, **(transcript if offered else {}))
    offer(world, world.test.remote_self, **{
        "clip0.wav.model1_score.json": ("EvaluationDetails", score("moor hear")),
        "clip0.wav.model2_score.json": ("EvaluationDetails", score("more here")),
    })  # fmt: skip
    found = details.read(world.test)
    assert found[0].reference == ("Moor here" if offered else "")
    assert [one[0] for one in found[0].operations[0]] == (
        ["equal", "substitute"] if offered else []
    )
    analysing.analyse(world.test.pk)
    world.test.refresh_from_db()
    assert world.test.is_measured == offered
    assert world.test.utterances.get().text1 == "moor hear"


def test_one_model_may_come_once(world):
    Evaluation.objects.update(base_model2=None, custom_model2=world.model)
    world.test.refresh_from_db()
    offer(world, world.test.remote_self, **{
        "clip1.wav.model1_score.json": ("EvaluationDetails", score("all clear")),
    })  # fmt: skip
    assert details.read(world.test)[0].texts == ("all clear", "all clear")


def test_an_inspection_holds_one_model_against_the_other(world):
    Evaluation.objects.update(testing_kind="Inspection")
    world.test.refresh_from_db()
    rows = [{"file": "clip0.wav", "model1": {"text": "moor here"}, "model2": {"text": "moor"}},
            {"file": "clip1.wav", "model1": {"text": "a"}, "model2": {"text": "a"}}]  # fmt: skip
    offer(world, world.test.remote_self, **{"details.json": ("EvaluationDetails", rows)})
    analysing.analyse(world.test.pk)
    world.test.refresh_from_db()
    assert world.test.analysis == {"different": 1}
    first = world.test.utterances.first()
    assert first.operations1 == [["equal", "moor", "moor"], ["insert", None, "here"]]
    assert first.operations2 == [["equal", "moor", "moor"], ["delete", "here", None]]
    assert (first.reference, first.errors1, first.errors2) == ("", 1, 1)


def test_words_that_the_training_text_brought_are_told_from_others(world, tmp_path):
    project = world.model.project
    kinds = {
        "Language": b"\xef\xbb\xbfThe Kittiwake left.\n",
        "Pronunciation": b"bollard\tb o l ard\n",
        "Acoustic": archive(tmp_path / "b.zip", {"trans.txt": "a.wav\tgannet\n", "a.wav": wav()})
        .read_bytes(),
    }  # fmt: skip
    for kind, content in kinds.items():
        row = DatasetFactory(project=project, kind=kind)
        row.file.save("data", ContentFile(content))
        world.model.datasets.add(row)
    world.model.datasets.add(DatasetFactory(project=project))
    wanted = {"kittiwake", "bollard", "gannet", "ard", "moor"}
    assert taught(world.model, wanted) == {"kittiwake", "bollard", "gannet"}
    assert taught(world.model.base_model, wanted) == set()
    rows = [{"file": "1.wav", "reference": "kittiwake moor", "model1": {"text": "kittiwake moor"},
             "model2": {"text": "kit a way"}}]  # fmt: skip
    offer(world, world.test.remote_self, **{"details.json": ("EvaluationDetails", rows)})
    analysing.analyse(world.test.pk)
    world.test.refresh_from_db()
    assert world.test.analysis["learned1"] == [["kittiwake", 1]]
    assert world.test.analysis["gained"] == [["moor", 1]]
    assert world.test.analysis["learned2"] == []


def test_a_damaged_copy_of_the_data_is_as_none(world):
    world.sound.file.save("b.zip", ContentFile(b"no zip"))
    offer(world, world.test.remote_self, **{
        "clip0.wav.model1_score.json": ("EvaluationDetails", score("moor")),
    })  # fmt: skip
    assert details.read(world.test)[0].reference == ""
