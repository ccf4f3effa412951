"""The words of a dataset: counted, told apart from the base model's, and respelled."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from localspeech.engine import graphemes, lexicon, respelling, vocabulary
from localspeech.engine.inspection import inspect_dataset

PHONES = sorted({phone for one in lexicon.dictionary()["abbreviations"] for phone in one.split()})


def described(tmp_path, kind, text):
    path = tmp_path / "data"
    path.write_text(text)
    report = inspect_dataset(kind, path)
    return vocabulary.describe(report.words, report.given)


def test_words_of_plain_text(tmp_path):
    text = "Moor at Skelwick\nhttp://not.counted\nSkelwick, 3 times: Skelwick and Ormsay!\n"
    found = described(tmp_path, "Language", text)
    assert (found.word_count, found.vocabulary_size, found.new_word_count) == (9, 7, 2)
    first, second = found.new_words
    assert (first.word, first.count, first.is_guessed) == ("skelwick", 3, True)
    assert first.pronunciations == (graphemes.pronounce("skelwick"),)
    assert lexicon.spoken(first.spoken_form) == first.pronunciations[0]
    assert second.word == "ormsay"


def test_pronunciations_that_the_data_brings_come_first(tmp_path):
    text = "@ speech:phoneticlexicon\n- skelwick/S K EH L IH K\n# Calls\n- moor at skelwick\n"
    found = described(tmp_path, "LanguageMarkdown", text)
    assert [(one.pronunciations, one.is_guessed) for one in found.new_words] == [
        (("S K EH L IH K",), False)
    ]
    assert found.word_count == 3
    found = described(tmp_path, "Pronunciation", "skelwick\tskell ick\nskelwick\tscal ick\n")
    assert (found.word_count, found.vocabulary_size, found.new_words[0].count) == (2, 1, 2)
    assert len(found.new_words[0].pronunciations) == 2
    assert not found.new_words[0].is_guessed


def test_the_most_frequent_are_kept_and_all_are_counted(monkeypatch):
    monkeypatch.setattr(vocabulary, "MOST_NEW_WORDS", 2)
    found = vocabulary.describe({"xa": 1, "zorq": 5, "xyzzyb": 3, "the": 9}, {})
    assert [one.word for one in found.new_words] == ["zorq", "xyzzyb"]
    assert (found.new_word_count, found.word_count) == (3, 18)
    body = found.as_json()
    assert {one["guessesPronunciations"] for one in body["baseModels"]} == {True, False}


@settings(max_examples=200)
@given(st.lists(st.sampled_from(PHONES), min_size=1, max_size=12).map(" ".join))
def test_a_spoken_form_sounds_exactly_like_its_pronunciation(pronunciation):
    form = respelling.spoken_form(pronunciation)
    assert form is None or lexicon.spoken(form) == pronunciation


def test_the_fewest_and_most_frequent_words_are_taken():
    assert respelling.spoken_form("DH AH") == "the"
    assert respelling.spoken_form("EY") == "a"
    assert respelling.spoken_form("TH AO R IH N") == "thor in"
    assert respelling.spoken_form("") is None


@pytest.mark.parametrize("count", [1, 7, 300])
def test_many_words_are_pronounced_as_one_by_one(count):
    known = [word for word in lexicon.dictionary() if word.isalpha()]
    words = [known[n * 37][:4] + known[n * 101][-4:] for n in range(count)]
    assert graphemes.pronounce_all(words) == [graphemes.pronounce(word) for word in words]
    assert graphemes.pronounce_all(["", "'"]) == ["", ""]
