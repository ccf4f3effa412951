"""The result of a test: utterances narrowed, ordered, heard, exported."""

import csv
import io
import json

import pytest
import responses
from django.core.files.base import ContentFile
from django.urls import reverse

from tests.audio import test_archive, wav
from tests.e2e.world import DETAILS, ORIGIN, few, service
from tests.factories import UserFactory
from training.models import Evaluation, Utterance
from training.services import analysing


@pytest.fixture
def world(client, db):
    user = UserFactory()
    client.force_login(user)
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mocked:
        service(mocked)
        found = few(user)
        found.mocked = mocked
        yield found


def page(client, world, query=""):
    return client.get(world.test.get_absolute_url() + query).text


def test_a_page_says_how_sure_it_is(client, world):
    text = page(client, world)
    assert "fewer errors than model 2: sure, " in text
    assert "95% between" in text
    assert "1–25 of 30" in text
    assert "→ ballad" in text
    assert "Words that model 1 hears and model 2 does not:" in text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", 25),
        ("?page=2", 5),
        ("?page=99", 5),
        ("?show=insertions", 25),
        ("?show=nonsense", 25),
        ("?differences=on&order=-errors1", 25),
        ("?at=29", 5),
        ("?at=nowhere", 25),
    ],
)
def test_utterances_are_narrowed_and_paged(client, world, query, shown):
    assert page(client, world, query).count('<tr id="u-') == shown


def test_the_worst_come_first(client, world):
    text = page(client, world, "?order=-errors1")
    assert text.index('id="u-2"') < text.index('id="u-0"')


def test_csv_and_json_hold_every_utterance(client, world):
    args = [world.project.pk, world.test.pk]
    answer = client.get(reverse("export_test", args=[*args, "csv"]))
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert len(rows) == 30
    assert rows[2]["substitutions1"] == "1"
    body = client.get(reverse("export_test", args=[*args, "json"])).json()
    assert body["utterances"][0]["operations2"] == DETAILS[0]["model2"]["operations"]
    assert client.get(reverse("export_test", args=[*args, "xml"])).status_code == 404


def test_a_formula_in_a_text_stays_text(client, world):
    Utterance.objects.filter(position=0).update(reference="=HYPERLINK(1)")
    answer = client.get(reverse("export_test", args=[world.project.pk, world.test.pk, "csv"]))
    assert "'=HYPERLINK(1)" in answer.getvalue().decode()


def test_audio_comes_from_our_copy_of_the_dataset(client, world, tmp_path):
    clip = reverse("clip", args=[world.project.pk, world.test.pk, 0])
    assert client.get(clip).status_code == 404
    assert "<audio" not in page(client, world)
    archive = test_archive(tmp_path / "a.zip", ["moor"]).read_bytes()
    world.sound.file.save("a.zip", ContentFile(archive))
    Utterance.objects.filter(position=0).update(file="clip0.wav")
    answer = client.get(clip)
    assert (answer["Content-Type"], answer.content) == ("audio/wav", wav(seed=0))
    assert clip in page(client, world)
    missing = reverse("clip", args=[world.project.pk, world.test.pk, 1])
    assert client.get(missing).status_code == 404
    other = reverse("clip", args=[world.project.pk + 1, world.test.pk, 0])
    assert client.get(other).status_code == 404


def test_a_finished_test_is_analysed_once(world):
    Evaluation.objects.update(analysed_at=None, analysis={})
    Utterance.objects.all().delete()
    assert analysing.due() == [world.test.pk]
    for _ in range(2):
        analysing.analyse(world.test.pk)
    assert Utterance.objects.count() == 30
    assert analysing.due() == []
    assert sum(1 for call in world.mocked.calls if "content" in call.request.url) == 1


def test_a_service_that_fails_is_asked_again_later(world):
    Evaluation.objects.update(analysed_at=None)
    world.mocked.reset()
    world.mocked.get(f"{ORIGIN}/evaluations/1/files", status=503)
    analysing.analyse(world.test.pk)
    assert Evaluation.objects.get().analysed_at is None
    assert analysing.due() == []


@pytest.mark.parametrize("details", [[], [{"file": "a.wav"}], [{"model1": {}, "model2": 3}], ["x"]])
def test_details_in_another_form_are_told_so(client, world, details):
    analysing.keep(world.test, details)
    text = page(client, world)
    assert "in a form that can be shown here" in text
    assert json.dumps(Evaluation.objects.get().analysis) == "{}"


def test_tests_of_one_dataset_stand_side_by_side(client, world):
    address = reverse("compare", args=[world.project.pk])
    text = client.get(f"{address}?dataset={world.sound.pk}").text
    assert text.count("chart-point") == 1
    assert "10.7%" in text
    assert "57.1%" in text
    assert client.get(f"{address}?dataset=nonsense").status_code == 200
    Evaluation.objects.all().delete()
    assert "No finished test" in client.get(address).text
