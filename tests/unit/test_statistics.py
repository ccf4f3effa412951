"""Confidence and words of a test."""

import random

from hypothesis import given
from hypothesis import strategies as st

from training.statistics import analysis, intervals

EQUAL, WRONG = ["equal", "a", "a"], ["substitute", "b", "p"]


def test_a_real_difference_is_sure_and_chance_is_not():
    picked = random.Random(1)
    better = [(picked.randint(0, 2), picked.randint(3, 6), 10) for _ in range(60)]
    low, high = intervals(better)["change"]
    assert 0 < low < high < 1
    alike = [(picked.randint(0, 5), picked.randint(0, 5), 10) for _ in range(60)]
    low, high = intervals(alike)["change"]
    assert low < 0 < high


def test_the_interval_holds_the_rate_and_shrinks_with_more_data():
    few, many = [(1, 2, 10), (3, 2, 10), (0, 1, 10)] * 4, [(1, 2, 10), (3, 2, 10), (0, 1, 10)] * 400
    rate = 4 / 30
    for rows in (few, many):
        low, high = intervals(rows)["interval1"]
        assert low <= rate <= high
    wide, narrow = intervals(few)["interval1"], intervals(many)["interval1"]
    assert narrow[1] - narrow[0] < (wide[1] - wide[0]) / 3


def test_it_is_the_same_each_time():
    rows = [(1, 2, 10), (3, 2, 10)]
    assert intervals(rows) == intervals(rows)


def test_a_second_model_without_errors_has_no_share_to_compare():
    assert intervals([(1, 0, 5)])["change"] is None
    assert intervals([]) == {}


def test_words_are_counted_by_their_mistake():
    first = [EQUAL, WRONG, ["delete", "c", None], ["insert", None, "d"]]
    second = [["delete", "a", None], ["equal", "b", "b"], ["equal", "c", "c"]]
    found = analysis([(first, second)] * 3)
    assert found["confused1"] == [["b", "p", 3]]
    assert (found["missed1"], found["inserted1"]) == ([["c", 3]], [["d", 3]])
    assert found["gained"] == [["a", 3]]
    assert sorted(found["lost"]) == [["b", 3], ["c", 3]]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 30)), min_size=1,
                max_size=20))  # fmt: skip
def test_any_counts_give_ordered_intervals(counts):
    found = intervals(counts)
    for name in ("interval1", "interval2"):
        low, high = found[name]
        assert 0 <= low <= high
