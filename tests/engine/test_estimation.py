"""What holds for the language model of any text, however odd."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from localspeech.engine import counts, estimation, interpolation
from localspeech.engine.sentences import BEGIN, END, gather

VOCABULARY = (BEGIN, END, *"abcdefg")
TEXTS = st.lists(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=8), min_size=1)
LATER = np.arange(1, len(VOCABULARY))


def model(text, extra=()):
    return estimation.estimate(counts.count(gather(text, extra)), VOCABULARY)


def histories():
    ids = range(len(VOCABULARY))
    return [(a, b) for a in ids for b in ids if b != 1 and (a != 1)]


def total(found, *history):
    ids = [np.full(len(LATER), one) for one in history]
    method = found.trigram if len(history) == 2 else found.bigram
    return np.exp(method(*ids, LATER)).sum()


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.sets(st.sampled_from("efg")))
def test_probabilities_sum_to_one_after_any_history(text, extra):
    found = model(text, sorted(extra))
    assert np.exp(found.p1[1:]).sum() == pytest.approx(1)
    for a, b in histories():
        assert total(found, b) == pytest.approx(1)
        assert total(found, a, b) == pytest.approx(1)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS, st.floats(0.05, 0.95))
def test_a_mixture_lies_between_its_parents_and_sums_to_one(general, own, weight):
    base, custom = model(general, "abcdef"), model(own, "abcdef")
    merged = interpolation.interpolate(base, custom, weight)
    for keys, name in ((merged.k2, "bigram"), (merged.k3, "trigram")):
        ids = [keys // len(VOCABULARY) ** n % len(VOCABULARY) for n in range(3)]
        ids = ids[: 2 if name == "bigram" else 3][::-1]
        low, high = sorted((getattr(base, name)(*ids), getattr(custom, name)(*ids)), key=np.sum)
        low, high = np.minimum(low, high), np.maximum(low, high)
        here = getattr(merged, name)(*ids)
        assert (here >= low - 1e-9).all()
        assert (here <= high + 1e-9).all()
    for a, b in histories():
        assert total(merged, a, b) == pytest.approx(1, abs=1e-4)


@settings(max_examples=30, deadline=None)
@given(TEXTS)
def test_what_was_seen_is_likelier_than_backing_off_to_it(text):
    found = model(text)
    size = len(VOCABULARY)
    a, b, c = found.k3 // size**2, found.k3 // size % size, found.k3 % size
    at = np.searchsorted(found.k2, a * size + b)
    assert (found.p3 >= found.b2[at] + found.bigram(b, c) - 1e-9).all()


@settings(max_examples=30, deadline=None)
@given(TEXTS)
def test_counts_are_those_of_counting_by_hand(text):
    counted = counts.count(gather(text))
    marked = [[BEGIN, *one, END] for one in text]
    runs = [tuple(one[i : i + 3]) for one in marked for i in range(len(one) - 2)]
    seen = {tuple(counted.words[i] for i in row[:3]): row[3] for row in counted.trigrams.tolist()}
    assert seen == {run: runs.count(run) for run in runs}


def test_discounts_are_worked_out_from_rare_n_grams():
    assert estimation._discount(np.array([1.0, 1, 1, 2, 7])) == pytest.approx(3 / 5)
    for lacking in ([1.0, 1], [2.0, 2], [5.0], []):
        assert estimation._discount(np.array(lacking)) == estimation._USUAL_DISCOUNT


def test_a_word_counts_by_its_contexts_not_how_often_it_stands():
    """The Francisco of Kneser and Ney: frequent, but after one word alone."""
    text = [["a", "b"]] * 5 + [["d", "c"], ["e", "c"], ["f", "c"]]
    found = model(text)
    assert found.p1[VOCABULARY.index("c")] > found.p1[VOCABULARY.index("b")]
