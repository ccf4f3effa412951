"""Where the points of a chart stand."""

from types import SimpleNamespace

from training.charts import HEIGHT, NARROWEST, rate_chart
from training.timelines import Moment, Reading

LABELS = ("One", "Other")


def made(*rates, name="Model", interval=None):
    low, high = interval or (None, None)
    readings = tuple(
        None if rate is None else Reading(name, rate, low or rate, high or rate) for rate in rates
    )
    return Moment(SimpleNamespace(), readings)


def test_a_lower_rate_stands_lower_and_later_tests_further_right():
    moments = [made(0.5), made(0.2, interval=[0.1, 0.3]), made(0.25)]
    chart = rate_chart(moments, LABELS[:1])
    first, second, third = chart.series[0].points
    assert first.x < second.x < third.x
    assert first.y < third.y < second.y <= chart.bottom
    assert second.high < second.y < second.low
    assert [one.number for one in chart.columns] == [1, 2, 3]


def test_both_series_stand_beside_each_other_and_a_gap_stays_a_gap():
    chart = rate_chart([made(0.5, 0.2), made(0.4, None)], LABELS)
    one, other = chart.series
    assert (len(one.points), len(other.points)) == (2, 1)
    assert one.points[0].x < chart.columns[0].x < other.points[0].x
    assert str(one.label) == "One"


def test_every_point_stands_between_the_lines_and_inside_the_picture():
    for rates in ([0.0], [0.004], [1.7, 0.1], [0.3] * 40):
        chart = rate_chart([made(rate, rate) for rate in rates], LABELS)
        heights = [line.y for line in chart.lines]
        assert chart.lines[0].rate == 0
        assert 2 <= len(chart.lines) <= 8
        for point in (one for series in chart.series for one in series.points):
            assert min(heights) <= point.y <= max(heights) <= HEIGHT
            assert chart.left <= point.x <= chart.right


def test_many_tests_make_the_picture_wide_and_long_names_short():
    narrow, wide = (rate_chart([made(0.1)] * n, LABELS[:1]) for n in (3, 60))
    assert (narrow.width, narrow.is_wide) == (NARROWEST, False)
    assert wide.is_wide
    named = rate_chart([made(0.1, name="The model of the northern approaches")], LABELS[:1])
    assert named.columns[0].label == "The model of the …"


def test_nothing_to_show():
    assert rate_chart([], LABELS).columns == []
