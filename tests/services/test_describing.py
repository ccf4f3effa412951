"""The words of an imported dataset: read once from the service, or counted here."""

import pytest
import responses
from django.core.files.base import ContentFile

from tests.factories import DatasetFactory, ProjectFactory
from training.models import Dataset, Fingerprint, NewWord
from training.services import describing

CONTENT = "http://speech.test/content/1"
TOLD = {
    "wordCount": 40,
    "vocabularySize": 30,
    "newWordCount": 2,
    "newWords": [
        {"word": "skelwick", "count": 12, "pronunciations": ["S K EH L W IH K"],
         "isGuessed": True, "spokenForm": "schell wick"},
        {"word": "x" * 300, "count": 2},
        {"word": "ormsay", "count": 1, "pronunciations": [], "isGuessed": 3, "spokenForm": None},
    ],
    "baseModels": [
        {"displayName": "20250310", "guessesPronunciations": False},
        {"displayName": "20260920", "guessesPronunciations": True},
    ],
}  # fmt: skip


@pytest.fixture
def dataset(db):
    row = DatasetFactory()
    row.file.save("text.txt", ContentFile(b"Moor at Skelwick\nmoor at skelwick!\n"))
    return row


@pytest.fixture
def service():
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mocked:
        yield mocked


def offers(service, row, body, name="vocabulary.json"):
    file = {
        "self": f"{row.remote_self}/files/1", "name": name, "kind": "DatasetReport",
        "links": {"contentUrl": CONTENT},
    }  # fmt: skip
    service.get(f"{row.remote_self}/files", json={"values": [file]})
    service.get(CONTENT, body=body) if isinstance(body, str) else service.get(CONTENT, json=body)


def described(row):
    describing.describe(row.pk)
    row.refresh_from_db()
    return row


def test_what_the_service_tells_is_kept_once(service, dataset):
    offers(service, dataset, TOLD)
    assert describing.due() == [dataset.pk]
    row = described(dataset)
    assert (row.word_count, row.vocabulary_size, row.new_word_count) == (40, 30, 2)
    assert row.strict_base_models == ["20250310"]
    first, second = NewWord.objects.all()
    assert (first.word, first.times, first.pronunciation) == ("skelwick", 12, "S K EH L W IH K")
    assert (first.is_guessed, first.spoken, first.position) == (True, "schell wick", 0)
    assert (second.word, second.is_guessed, second.pronunciation) == ("ormsay", False, "")
    assert (second.spoken, second.position) == ("", 1)
    assert describing.due() == []
    described(row)
    assert len(service.calls) == 2


def test_text_that_no_database_can_store_is_mended(service, dataset):
    words = [{"word": "a\0b", "count": 2**40, "spokenForm": "x\ud800"}, {"word": "\0"}, {"word": 3}]
    offers(service, dataset, {"wordCount": 3, "newWordCount": 3, "newWords": words})
    described(dataset)
    assert [(one.word, one.times, one.suggestion) for one in NewWord.objects.all()] == [
        ("ab", 0, "x?")
    ]


@pytest.mark.parametrize(
    "body",
    ["no json", [], {}, {"wordCount": -1}, {"wordCount": True}, {"newWords": 3, "wordCount": "4"}],
)
def test_a_service_that_tells_nothing_leaves_our_own_count(service, dataset, body):
    offers(service, dataset, body)
    row = described(dataset)
    assert (row.word_count, row.vocabulary_size, row.new_word_count) == (6, 3, None)
    assert not NewWord.objects.exists()


def test_another_report_is_not_taken_for_it(service, dataset):
    offers(service, dataset, TOLD, name="report.json")
    assert described(dataset).new_word_count is None


def test_without_a_copy_nothing_is_known(service, db):
    row = DatasetFactory()
    service.get(f"{row.remote_self}/files", status=404, json={"code": "NotFound", "message": "x"})
    assert described(row).word_count is None
    assert row.described_at is not None


def test_a_language_without_spaces_has_no_words_to_count(service, db):
    row = DatasetFactory(project=ProjectFactory(locale="ja-JP"))
    row.file.save("text.txt", ContentFile("\ufeff港に入る\n".encode()))
    offers(service, row, {})
    assert described(row).word_count is None


def test_a_service_that_fails_is_asked_again_later(service, dataset):
    service.get(f"{dataset.remote_self}/files", status=503)
    assert described(dataset).described_at is None
    assert describing.due() == []


def test_data_of_before_gets_its_fingerprint(service, dataset):
    offers(service, dataset, TOLD)
    described(dataset)
    assert len(bytes(Fingerprint.objects.get().sentences)) == 16
    assert dataset.report["facts"]["repeated_sentences"] == 1


def test_a_copy_that_is_lost_stops_nothing(service, dataset):
    offers(service, dataset, {})
    dataset.file.storage.delete(dataset.file.name)
    assert described(dataset).described_at is not None


def test_only_imported_data_is_described(dataset):
    Dataset.objects.update(status="Running")
    assert describing.due() == []
