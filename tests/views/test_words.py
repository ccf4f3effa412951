"""New words: looked through, chosen, and made into pronunciation data."""

import re
import uuid

import pytest
import responses
from django.urls import reverse
from django.utils import timezone

from tests.factories import DatasetFactory, UserFactory
from training.models import Dataset, NewWord
from training.services import checking


@pytest.fixture
def person(client, db):
    client.force_login(UserFactory())
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mocked:
        mocked.get(re.compile(r"http://speech\.test/.*/files"), json={"values": []})
        yield client


@pytest.fixture
def row(db):
    made = DatasetFactory(
        display_name="Harbour log", word_count=400, vocabulary_size=90, new_word_count=60,
        described_at=timezone.now(), strict_base_models=["20250310", "20251201"],
    )  # fmt: skip
    add_words(made, 60)
    return made


def add_words(row, count, word="word"):
    letters = "abcdefghij"
    NewWord.objects.bulk_create(
        NewWord(
            dataset=row, position=n, word=f"{word}{letters[n // 10]}{letters[n % 10]}",
            times=100 - n, pronunciation="W ER D", is_guessed=True, suggestion="word",
        ) for n in range(count)
    )  # fmt: skip


def words(row):
    return list(row.new_words.all())


def address(row):
    return reverse("choose_words", args=[row.project_id, row.pk])


def form(row, action, shown=(), chosen=(), **more):
    values = {"action": action, "submission_key": str(uuid.uuid4()), "display_name": "Names"}
    spoken = {f"spoken-{one.pk}": one.spoken for one in shown}
    keys = {"shown": [one.pk for one in shown], "chosen": [one.pk for one in chosen]}
    return values | spoken | keys | more


def test_the_page_shows_words_and_is_honest_about_older_base_models(person, row):
    page = person.get(row.get_absolute_url()).text
    assert "Vocabulary size" in page
    assert "20250310, 20251201 leave these words out of training" in page
    assert "1–25 of 60" in page
    assert "guessed from its spelling" in page
    assert page.count('name="chosen"') == 25


def test_words_are_searched_and_paged_and_what_was_written_is_kept(person, row):
    first = words(row)[:2]
    values = form(row, "", first, first[:1], page="3")
    values[f"spoken-{first[0].pk}"] = "way ord"
    answer = person.post(address(row), values)
    assert answer.url == f"{row.get_absolute_url()}?page=3#words"
    first[0].refresh_from_db()
    assert (first[0].is_chosen, first[0].spoken) == (True, "way ord")
    assert words(row)[1].spoken_form is None
    page = person.get(answer.url).text
    assert "51–60 of 60" in page
    assert "1 word selected" in page
    found = person.get(person.post(address(row), form(row, "search", q="wordab")).url).text
    assert found.count('name="chosen"') == 1
    nothing = person.get(f"{row.get_absolute_url()}?q=nothing").text
    assert "No new word is like that." in nothing


def test_what_no_database_can_store_is_left_out(person, row):
    first = words(row)[:1]
    values = form(row, "search", first, q="a\0") | {f"spoken-{first[0].pk}": "way\0 ord"}
    answer = person.post(address(row), values)
    assert answer.url == f"{row.get_absolute_url()}#words"
    assert words(row)[0].spoken == "way ord"
    assert person.get(f"{row.get_absolute_url()}?q=%00&page=x&sample=-1").status_code == 200


def test_all_and_none(person, row):
    person.post(address(row), form(row, "all", q="worda"))
    assert row.new_words.filter(is_chosen=True).count() == 10
    person.post(address(row), form(row, "none"))
    assert not row.new_words.filter(is_chosen=True).exists()


def test_a_change_is_kept_at_once_and_only_the_count_comes_back(person, row):
    shown = words(row)[:3]
    answer = person.post(
        address(row), form(row, "keep", shown, shown), headers={"HX-Request": "true"}
    )
    assert "3 words selected" in answer.text
    assert 'hx-swap-oob="true"' in answer.text
    assert "<table" not in answer.text


def test_a_pronunciation_dataset_is_made_once(person, row):
    shown = words(row)[:3]
    values = form(row, "make", shown, shown[:2])
    values[f"spoken-{shown[0].pk}"] = "way ord"
    first = person.post(address(row), values)
    again = person.post(address(row), values)
    assert first.url == again.url
    made = Dataset.objects.exclude(pk=row.pk).get()
    assert first.url == made.get_absolute_url()
    assert made.file.read() == b"wordaa\tway ord\nwordab\tword\n"
    assert (made.kind, made.display_name, made.submission) == ("Pronunciation", "Names", "checking")
    checking.check(made.pk)
    made.refresh_from_db()
    assert made.submission == "submitting"


def test_a_fault_is_told_at_its_word_and_nothing_is_made(person, row):
    shown = words(row)
    values = form(row, "make", shown, [shown[0], shown[55]])
    values[f"spoken-{shown[55].pk}"] = "w0rd"
    answer = person.post(address(row), values)
    assert answer.url == f"{row.get_absolute_url()}?page=3&check=1#errors"
    page = person.get(answer.url).text
    assert f'href="?page=3&amp;check=1#spoken-{shown[55].pk}">wordff: The spoken form' in page
    assert f'aria-describedby="fault-{shown[55].pk}"' in page
    assert 'value="w0rd"' in page
    assert "<title>Error:" in " ".join(page.split())
    assert Dataset.objects.count() == 1


@pytest.mark.parametrize(
    ("word", "spoken", "told"),
    [
        ("'twas", "twas", "cannot stand in pronunciation data"),
        ("worn", "", "The spoken form is empty."),
        ("worn", "www.x.test", "The spoken form contains a web address"),
    ],
)
def test_each_fault_in_words(person, row, word, spoken, told):
    one = words(row)[0]
    NewWord.objects.filter(pk=one.pk).update(word=word, is_chosen=True, spoken_form=spoken)
    assert told in person.get(f"{row.get_absolute_url()}?check=1").text


def test_making_without_a_word_says_what_to_do(person, row):
    answer = person.post(address(row), form(row, "make", words(row)[:2]), follow=True)
    assert "Select at least one word." in answer.text
    shown = words(row)[:1]
    values = form(row, "make", shown, shown, display_name="x" * 201)
    assert "at most 200 characters" in person.post(address(row), values, follow=True).text
    assert Dataset.objects.count() == 1


def test_words_that_pronunciation_data_gives_name_it(person, row):
    names = DatasetFactory(project=row.project, kind="Pronunciation", display_name="Names 1")
    NewWord.objects.create(
        dataset=names, position=0, word="wordaa", times=1, pronunciation="V ER D"
    )
    foreign = DatasetFactory(kind="Pronunciation", display_name="Of another project")
    NewWord.objects.create(dataset=foreign, position=0, word="wordab", times=1)
    page = person.get(row.get_absolute_url()).text
    assert "<code>V ER D</code>" in page
    assert names.get_absolute_url() in page
    assert "Of another project" not in page


def test_pronunciation_data_itself_offers_no_form(person, row):
    Dataset.objects.update(kind="Pronunciation")
    page = person.get(row.get_absolute_url()).text
    assert "<code>W ER D</code>" in page
    assert 'name="chosen"' not in page
    assert "Make a pronunciation dataset" not in page


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"described_at": None}, "The words are being read."),
        ({"new_word_count": None}, "does not tell which words"),
        ({"new_word_count": 0}, "knows every word"),
        ({"new_word_count": 70}, "the 60 most frequent"),
        ({"strict_base_models": ["1"]}, "The baseline model 1 leaves these words"),
    ],
)
def test_what_is_not_known_is_said(person, row, values, told):
    Dataset.objects.update(**values)
    assert told in person.get(row.get_absolute_url()).text


def test_words_of_another_dataset_or_project_are_left_alone(person, row):
    other = DatasetFactory(project=row.project)
    add_words(other, 1)
    person.post(address(row), form(row, "keep", words(other), words(other)))
    assert not other.new_words.get().is_chosen
    foreign = reverse("choose_words", args=[row.project_id + 1, row.pk])
    assert person.post(foreign, form(row, "all")).status_code == 404


def test_an_outsider_changes_nothing(client, row):
    answer = client.post(address(row), form(row, "all"))
    assert answer.url.startswith("/accounts/login/")
    assert not row.new_words.filter(is_chosen=True).exists()


def test_keys_of_large_databases_are_plain_numbers(person, row):
    NewWord.objects.filter(pk=words(row)[0].pk).update(id=1_234_567)
    page = person.get(row.get_absolute_url()).text
    assert 'name="spoken-1234567"' in page
    assert "1,234,567" not in page
