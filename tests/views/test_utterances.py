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
from training.details import Detail
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
    assert "Harbour model makes 81% fewer errors than 20260920. That is sure" in text
    assert "95% between" in text
    assert "1–25 of 30" in text
    assert "→ ballad" in text
    assert "Words of its training text that Harbour model hears and 20260920 does not" in text
    assert "most of its errors are substitutions" in text
    assert "odel 1 makes" not in text


def test_every_figure_stands_with_its_relative_change(client, world):
    text = page(client, world)
    for label in ("Sentence error rate", "Substitutions", "Deletions", "Insertions"):
        assert f'<th scope="row">{label}</th>' in text
    assert '<td class="numeric better">−81%</td>' in text
    assert "Token error rate" not in text
    results = {**world.test.results1, "token_error_rate": 0.2, "punctuation_edits": 3,
               "lexical_edits": 1}  # fmt: skip
    Evaluation.objects.filter(pk=world.test.pk).update(results1=results)
    text = page(client, world)
    assert "Token error rate" in text
    assert "75.0%" in text


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
        ("?at=29&order=-errors1", 25),
        ("?at=nowhere", 25),
        ("?q=KITTIWAKE+ballad", 10),
        ("?q=07.wav", 1),
        ("?q=nothing-like-this", 0),
        ("?order=gain", 25),
        ("?order=nonsense", 25),
    ],
)
def test_utterances_are_narrowed_and_paged(client, world, query, shown):
    assert page(client, world, query).count('<li id="u-') == shown


def test_the_worst_come_first(client, world):
    text = page(client, world, "?order=-errors1")
    assert text.index('id="u-2"') < text.index('id="u-0"')
    text = page(client, world, "?order=-gain")
    assert text.index('id="u-0"') < text.index('id="u-2"')


@pytest.mark.parametrize("order", ["", "-errors1", "-errors2", "gain", "-gain"])
def test_the_link_to_an_utterance_opens_its_page_in_any_order(client, world, order):
    world.test.utterances.filter(position__gt=10).update(errors1=7)
    for position in range(30):
        text = page(client, world, f"?at={position}&order={order}")
        assert f'id="u-{position}"' in text, position
    assert f'data-copy="http://testserver{world.test.get_absolute_url()}?at=29#u-29"' in text


def test_only_the_errors_of_the_chosen_kinds_are_marked(client, world):
    text = page(client, world)
    assert '<mark class="sub" title="kittiwake">way</mark>' in text
    assert '<del title="missing">left</del>' in text
    text = page(client, world, "?show=insertions")
    assert '<ins title="inserted">kid</ins> way the' in text
    assert "<mark" not in text
    assert "<del" not in text


def test_a_page_of_utterances_asks_no_service(client, world):
    page(client, world, "?page=2")
    assert not world.mocked.calls


def test_csv_and_json_hold_every_utterance(client, world):
    args = [world.project.pk, world.test.pk]
    answer = client.get(reverse("export_test", args=[*args, "csv"]))
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert len(rows) == 30
    assert rows[2]["substitutions1"] == "1"
    body = json.loads(client.get(reverse("export_test", args=[*args, "json"])).getvalue())
    assert body["utterances"][0]["operations2"] == DETAILS[0]["model2"]["operations"]
    assert client.get(reverse("export_test", args=[*args, "xml"])).status_code == 404


def test_a_formula_in_a_text_stays_text(client, world):
    Utterance.objects.filter(position=0).update(reference="=HYPERLINK(1)")
    answer = client.get(reverse("export_test", args=[world.project.pk, world.test.pk, "csv"]))
    assert "'=HYPERLINK(1)" in answer.getvalue().decode()


def test_audio_comes_from_our_copy_of_the_dataset(client, world, tmp_path):
    clip = reverse("clip", args=[world.project.pk, world.test.pk, 0])
    world.sound.file.delete()
    assert client.get(clip).status_code == 404
    assert "<audio" not in page(client, world)
    archive = test_archive(tmp_path / "a.zip", ["moor"]).read_bytes()
    world.sound.file.save("a.zip", ContentFile(archive))
    world.test.utterances.filter(position=0).update(file="clip0.wav")
    answer = client.get(clip)
    assert (answer["Content-Type"], answer.getvalue()) == ("audio/wav", wav(seed=0))
    assert clip in page(client, world)
    missing = reverse("clip", args=[world.project.pk, world.test.pk, 1])
    assert client.get(missing).status_code == 404
    other = reverse("clip", args=[world.project.pk + 1, world.test.pk, 0])
    assert client.get(other).status_code == 404


def test_a_finished_test_is_analysed_once(world):
    tests = Evaluation.objects.filter(pk=world.test.pk)
    tests.update(analysed_at=None, analysis={})
    Utterance.objects.all().delete()
    assert analysing.due() == [world.test.pk]
    for _ in range(2):
        analysing.analyse(world.test.pk)
    assert world.test.utterances.count() == 30
    assert analysing.due() == []
    assert sum(1 for call in world.mocked.calls if "content" in call.request.url) == 1


def test_a_service_that_fails_is_asked_again_later(world):
    Evaluation.objects.filter(pk=world.test.pk).update(analysed_at=None)
    world.mocked.reset()
    world.mocked.get(f"{ORIGIN}/evaluations/1/files", status=503)
    analysing.analyse(world.test.pk)
    world.test.refresh_from_db()
    assert world.test.analysed_at is None
    assert analysing.due() == []


def test_details_in_another_form_are_told_so(client, world):
    analysing.keep(world.test, [])
    text = page(client, world)
    assert "in a form that can be shown here" in text
    world.test.refresh_from_db()
    assert world.test.analysis == {}


def test_texts_without_a_transcript_stand_side_by_side(client, world):
    analysing.keep(world.test, [Detail("a.wav", "", ("moor here", "more here"), ([], []))])
    text = page(client, world)
    assert "The transcript of the dataset is not at hand" in text
    assert "<dd>moor here</dd>" in text
    assert "Most errors" not in text


def inspection(client, world, query=""):
    return client.get(world.inspection.get_absolute_url() + query).text


def test_an_inspection_shows_texts_and_no_measure(client, world):
    Evaluation.objects.filter(pk=world.inspection.pk).update(results1=world.test.results1)
    text = inspection(client, world)
    assert "Harbour model and 20260920 hear 20 recordings differently." in text
    assert '<mark class="sub" title="20260920: more">moor</mark>' in text
    assert '<mark class="sub" title="Harbour model: moor">more</mark>' in text
    assert '<mark class="sub" title="20260920: nothing here">at</mark>' in text
    for word in ("rror rate", "10.7%", "Substitutions"):
        assert word not in text, word
    listed = client.get(reverse("tests", args=[world.project.pk]) + "?kind=Inspection").text
    assert "Inspection of Harbour model" in listed
    assert "10.7%" not in listed


def test_an_inspection_is_narrowed_to_what_differs(client, world):
    assert "1–20 of 20" in inspection(client, world, "?differences=on")
    text = inspection(client, world, "?order=-errors1")
    assert text.index('id="u-0"') < text.index('id="u-1"') < text.index("1–25 of 30")
    assert "Only where the models differ" in text


def test_an_inspection_of_one_model_shows_its_text_alone(client, world):
    tests = Evaluation.objects.filter(pk=world.inspection.pk)
    tests.update(base_model2=None, custom_model2=world.model)
    world.inspection.refresh_from_db()
    analysing.keep(world.inspection, [Detail("a.wav", "", ("moor", "moor"), ([], []))])
    text = inspection(client, world)
    assert '<dd class="diff">moor</dd>' in text
    assert "Model 2" not in text
    assert "Only where the models differ" not in text
    assert "<mark" not in text


def test_a_test_of_one_model_compares_nothing(client, world):
    tests = Evaluation.objects.filter(pk=world.test.pk)
    tests.update(base_model2=None, custom_model2=world.model)
    text = page(client, world)
    assert "10.7%" in text
    for word in ("Model 2", "Change</th>", "Only where", "Words that", "fewer errors"):
        assert word not in text, word


def test_an_inspection_is_exported(client, world):
    args = [world.project.pk, world.inspection.pk]
    answer = client.get(reverse("export_test", args=[*args, "csv"]))
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert rows[0]["text2"] == "more the ferry the north ballad"
    assert (rows[0]["differences"], rows[2]["differences"]) == ("3", "0")
    body = json.loads(client.get(reverse("export_test", args=[*args, "json"])).getvalue())
    assert (body["kind"], body["results"], len(body["utterances"])) == ("Inspection", [], 30)


def test_the_files_of_a_test_have_a_page(client, world):
    path = reverse("test_files", args=[world.project.pk, world.test.pk])
    assert path in page(client, world)
    assert "details.json" in client.get(path).text
    download = reverse("download", args=["test", world.test.pk, "1"])
    assert download in client.get(path).text
    assert json.loads(client.get(download).getvalue()) == DETAILS
