"""Where the points of a chart stand."""

from types import SimpleNamespace

from training.charts import HEIGHT, rate_chart


def made(rate, interval=None):
    analysis = {"interval1": interval} if interval else {}
    return SimpleNamespace(results1={"word_error_rate": rate}, analysis=analysis)


def test_a_lower_rate_stands_lower_and_later_tests_further_right():
    chart = rate_chart([made(0.5), made(0.2, [0.1, 0.3]), made(0.25)])
    first, second, third = chart.points
    assert first.x < second.x < third.x
    assert first.y < third.y < second.y <= chart.bottom
    assert second.high < second.y < second.low
    assert [one.number for one in chart.points] == [1, 2, 3]


def test_every_point_stands_between_the_lines():
    for rates in ([0.0], [0.004], [1.7, 0.1], [0.3] * 40):
        chart = rate_chart([made(rate) for rate in rates])
        heights = [line.y for line in chart.lines]
        assert chart.lines[0].rate == 0
        assert 2 <= len(chart.lines) <= 8
        for point in chart.points:
            assert min(heights) <= point.y <= max(heights) <= HEIGHT


def test_nothing_to_show():
    assert rate_chart([]).points == []
