"""What the figures of two models say about each other."""

import pytest

from training.results import Comparison

NAMES = ("Harbour", "20260920")


def figures(rate, errors, **more):
    return {"word_error_rate": rate, "substitution_count": errors, **more}


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        (figures(0.1, 10), figures(0.4, 40), "Harbour makes 75% fewer errors than 20260920."),
        (figures(0.4, 40), figures(0.2, 20), "Harbour makes 100% more errors than 20260920."),
        (figures(0.20, 20), figures(0.21, 21), "No clear difference between Harbour and 20260920."),
        ({}, {}, ""),
        (figures(0.1, 1), figures(0.0, 0), ""),
    ],
)
def test_the_change_in_words(first, second, sentence):
    assert Comparison(first, second, {}, NAMES).sentence == sentence


@pytest.mark.parametrize(
    ("interval", "sentence"),
    [
        ([0.6, 0.85], "75% fewer errors than 20260920. That is sure: 95% of such tests would show "
                      "60% to 85% fewer."),
        ([-0.9, -0.6], "75% more errors than 20260920. That is sure: 95% of such tests would show "
                       "60% to 90% more."),
        ([-0.1, 0.3], "No clear difference between Harbour and 20260920: such tests would show "
                      "anything from 10% more to 30% fewer."),
    ],
)  # fmt: skip
def test_the_interval_says_what_is_sure(interval, sentence):
    pair = (figures(0.1, 10), figures(0.4, 40))
    if interval[1] < 0:
        pair = (figures(0.35, 35), figures(0.2, 20))
    found = Comparison(*pair, {"change": interval}, NAMES).sentence
    assert sentence in found


def test_one_model_is_not_compared_with_itself():
    alone = figures(0.1, 10)
    found = Comparison(alone, alone, {"change": [0.0, 0.0]}, ("A", "A"), has_one_model=True)
    assert found.sentence == ""
    assert "good" in found.guide


def test_each_figure_changes_relative_to_the_second_model():
    first = {"word_error_rate": 0.1, "deletion_count": 3, "insertion_count": 4, "word_count": 90}
    second = {"word_error_rate": 0.4, "deletion_count": 2, "insertion_count": 0, "word_count": 90}
    found = {str(one.label): one for one in Comparison(first, second).measures()}
    assert found["Word error rate"].change == pytest.approx(-0.75)
    assert found["Deletions"].change == 0.5
    assert found["Insertions"].change is None
    assert found["Words"].change is None
    assert "Sentence error rate" not in found


@pytest.mark.parametrize(
    ("rate", "band"), [(0.08, "good"), (0.10, "good"), (0.2, "acceptable"), (0.3, "poor")]
)
def test_the_reading_guide_follows_the_rate(rate, band):
    assert band in Comparison(figures(rate, 1), {}, {}, NAMES).guide


@pytest.mark.parametrize(
    ("counts", "hint"),
    [
        ({"substitution_count": 20, "deletion_count": 5}, "words of the domain"),
        ({"deletion_count": 20, "substitution_count": 5}, "weak signal"),
        ({"insertion_count": 20, "substitution_count": 5}, "noise"),
        ({"insertion_count": 10, "substitution_count": 10}, None),
        ({"insertion_count": 2}, None),
    ],
)
def test_the_prevailing_kind_of_error_hints_at_its_cause(counts, hint):
    guide = Comparison({"word_error_rate": 0.2, **counts}, {}, {}, NAMES).guide
    assert (hint in guide) if hint else guide.endswith("can be improved.")


def test_shares_of_token_errors_are_computed_from_the_edits():
    first = {"punctuation_edits": 2, "capitalization_edits": 6}
    found = {str(one.label): one for one in Comparison(first, {"lexical_edits": 5}).token_errors()}
    assert found["Punctuation"].counts == (2, None)
    assert found["Punctuation"].shares == (0.25, None)
    assert found["Words"].shares == (None, 1.0)
    assert Comparison({}, {}).token_errors() == []
