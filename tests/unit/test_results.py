"""What two word error rates say about each other."""

import pytest

from training.results import Comparison


def figures(rate, errors):
    return {"word_error_rate": rate, "substitution_count": errors}


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        (figures(0.1, 10), figures(0.4, 40), "Model 1 makes 75% fewer errors than model 2."),
        (figures(0.4, 40), figures(0.2, 20), "Model 1 makes 100% more errors than model 2."),
        (figures(0.20, 20), figures(0.21, 21), "No clear difference between the two models."),
        ({}, {}, ""),
        (figures(0.1, 1), figures(0.0, 0), ""),
    ],
)
def test_the_change_in_words(first, second, sentence):
    assert Comparison(first, second).sentence == sentence


def test_the_reading_guide_follows_the_rate():
    assert "good" in Comparison(figures(0.08, 8), {}).guide
    assert "acceptable" in Comparison(figures(0.2, 20), {}).guide
    assert "poor" in Comparison(figures(0.3, 30), {}).guide
