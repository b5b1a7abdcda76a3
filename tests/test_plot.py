"""Pictures of numbers: well-formed, within their frame, and true."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from cfp import plot
from cfp.plot import scale
from cfp.plot.frame import apart

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
DAYS = st.dates()
WORDS = st.text(max_size=40)
LOOKS = st.builds(
    plot.Look, wording=st.sampled_from([plot.ENGLISH, plot.GERMAN]), standalone=st.booleans()
)
POINTS = st.lists(st.tuples(NUMBERS, NUMBERS), max_size=20) | st.lists(
    st.tuples(DAYS, NUMBERS), max_size=20
)
SERIES = st.lists(
    st.builds(plot.Series, WORDS, st.lists(st.tuples(DAYS, NUMBERS), max_size=8), st.booleans()),
    max_size=6,
)
PLACES = {"x", "y", "x1", "x2", "y1", "y2", "cx", "cy"}
SVG = "{http://www.w3.org/2000/svg}"


def check(picture: plot.Plot) -> None:
    """What every picture owes: it parses, it is named, and every mark lies within its frame."""
    for svg in (picture.svg, picture.narrow):
        assert not re.search(r'"-?(nan|inf)', svg, re.IGNORECASE)
        root = fromstring(svg)
        assert root.get("role") == "img"
        ids = {element.get("id") for element in root}
        assert set(root.get("aria-labelledby", "").split()) <= ids
        _, _, width, height = map(float, root.get("viewBox", "").split())
        for mark in root.iter():
            for name, value in mark.attrib.items():
                if name in PLACES:
                    assert -0.1 <= float(value) <= (width if "x" in name else height) + 0.1
            if mark.tag == f"{SVG}rect":
                assert float(mark.get("width", "nan")) >= 0
                assert float(mark.get("x", "0")) + float(mark.get("width", "nan")) <= width + 0.2
                assert float(mark.get("y", "0")) + float(mark.get("height", "nan")) <= height + 0.2
            for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", mark.get("d", "")):
                assert -0.1 <= float(x) <= width + 0.1
                assert -0.1 <= float(y) <= height + 0.1
    assert all(len(row) == len(picture.rows[0]) for row in picture.rows)


def words_of(svg: str) -> list[str]:
    return ["".join(text.itertext()) for text in fromstring(svg).iter(f"{SVG}text")]


@given(WORDS, SERIES, WORDS, st.none() | DAYS, st.none() | st.tuples(WORDS, NUMBERS), LOOKS)
def test_draws_any_lines(title, series, unit, now, target, look):
    check(plot.line(title, series, unit=unit, now=now, target=target, look=look))


@given(st.lists(POINTS, max_size=3), LOOKS)
def test_draws_lines_over_numbers_and_over_days(lines, look):
    kinds = {type(x) for points in lines for x, _ in points}
    if len(kinds) < 2:
        check(plot.line("Any", [plot.Series(str(n), p) for n, p in enumerate(lines)], look=look))


@given(st.lists(st.tuples(DAYS, NUMBERS, NUMBERS, NUMBERS), max_size=12), LOOKS)
def test_draws_any_fan(points, look):
    median = plot.Series("Forecast", [(x, y) for x, y, _, _ in points])
    band = plot.Band("80 %", [low for *_, low, _ in points], [high for *_, high in points])
    check(plot.fan("Any", median, [band], look=look))


@given(
    st.lists(DAYS, max_size=8, unique=True), st.lists(NUMBERS, min_size=8, max_size=8), DAYS, LOOKS
)
def test_draws_any_ladder(days, prices, now, look):
    ends = zip(pairwise(sorted(days)), prices, strict=False)
    steps = [plot.Step(str(start), start, end, price) for (start, end), price in ends]
    check(plot.ladder("Any", steps, now=now, look=look))


@given(
    st.lists(st.builds(plot.Bar, WORDS, NUMBERS, st.none() | NUMBERS), max_size=12), WORDS, LOOKS
)
def test_draws_any_bars(amounts, unit, look):
    check(plot.bars("Any", amounts, unit=unit, look=look))


@given(
    st.lists(NUMBERS, max_size=50), st.lists(NUMBERS, min_size=2, max_size=9, unique=True), LOOKS
)
def test_draws_any_histogram(values, edges, look):
    picture = plot.histogram("Any", values, sorted(edges), look=look)
    check(picture)
    within = [v for v in values if min(edges) <= v <= max(edges)]
    assert sum(int(n) for _, n in picture.rows[1:]) == len(within)


@given(st.data(), st.lists(WORDS, max_size=5), st.lists(WORDS, max_size=9), LOOKS)
def test_draws_any_heat_strip(data, rows, columns, look):
    strip = st.lists(st.none() | NUMBERS, min_size=len(columns), max_size=len(columns))
    values = data.draw(st.lists(strip, min_size=len(rows), max_size=len(rows)))
    check(plot.heat("Any", rows, columns, values, look=look))


@given(WORDS, st.lists(NUMBERS, max_size=30), LOOKS)
def test_draws_any_small_line(title, values, look):
    check(plot.spark(title, values, look=look))


@given(NUMBERS, NUMBERS, st.integers(1, 12))
def test_ticks_are_few_and_within_the_domain(a, b, most):
    low, high = scale.domain([scale.as_number(a), scale.as_number(b)])
    ticks = scale.number_ticks(low, high, most)
    slack = (high - low) * 1e-6
    assert len(ticks) <= most + 1
    assert all(low - slack <= tick <= high + slack for tick in ticks)


@given(DAYS, st.integers(0, 5000), st.integers(2, 10))
def test_days_on_the_axis_are_few_rising_and_within(first, days, most):
    low = scale.as_number(first)
    high = min(low + days, scale.LAST_DAY)
    ticks = scale.day_ticks(low, high, most)
    assert len(ticks) <= most + 1
    assert ticks == sorted(set(ticks))
    assert all(low <= tick.toordinal() <= high for tick in ticks)


@given(st.lists(st.floats(0, 300), max_size=6))
def test_labels_keep_apart_and_within(wanted):
    found = apart(wanted, 16, 10, 290)
    assert all(10 - 1e-6 <= y <= 290 + 1e-6 for y in found)
    assert all(b - a >= 16 - 1e-6 for a, b in pairwise(sorted(found)))


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(0, 100, [0, 20, 40, 60, 80, 100]), (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]), (-3, 3, [-2, 0, 2])],
)
def test_ticks_are_round(low, high, expected):
    assert scale.number_ticks(low, high) == pytest.approx(expected)


def test_long_axes_show_firsts_of_months():
    ticks = scale.day_ticks(date(2026, 11, 3).toordinal(), date(2027, 3, 9).toordinal(), 6)
    assert ticks == [date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 1)]


def test_a_moment_lies_within_its_day():
    noon = datetime(2027, 3, 8, 12, tzinfo=UTC)
    assert scale.as_number(noon) == date(2027, 3, 8).toordinal() + 0.5


def test_higher_values_stand_higher():
    svg = plot.line("Sales", [plot.Series("2027", [(0, 10), (1, 30), (2, 20)])]).svg
    path = next(p for p in fromstring(svg).iter(f"{SVG}path") if "plot-line" in p.get("class", ""))
    first, second, third = (
        float(y) for _, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", path.get("d", ""))
    )
    assert second < third < first


def test_lines_are_named_with_their_last_value():
    points = [(date(2027, 1, n), float(n)) for n in range(1, 9)]
    assert "Sold 8" in words_of(plot.line("Sales", [plot.Series("Sold", points)]).svg)


def test_today_and_the_target_are_named():
    points = [(date(2027, 1, n), float(n)) for n in range(1, 9)]
    words = words_of(
        plot.line(
            "Sales", [plot.Series("Sold", points)], now=date(2027, 1, 5), target=("Break-even", 6)
        ).svg
    )
    assert "today" in words
    assert "Break-even" in words


def test_the_step_that_holds_now_says_its_unit():
    steps = [
        plot.Step("Early", date(2027, 1, 1), date(2027, 2, 1), 149),
        plot.Step("Late", date(2027, 2, 1), date(2027, 3, 1), 199),
    ]
    picture = plot.ladder("Price", steps, unit="EUR", now=date(2027, 2, 1))
    words = words_of(picture.svg)
    assert "199 EUR" in words
    assert "149" in words
    assert picture.rows[1] == ("Early", "1 Jan 2027", "1 Feb 2027", "149")


def test_bars_say_how_much_of_how_much():
    picture = plot.bars("Reviews", [plot.Bar("Ada", 28, 30)])
    assert "28 / 30" in words_of(picture.svg)
    assert picture.rows == (("", ""), ("Ada", "28 / 30"))


def test_a_histogram_counts_the_upper_edge_in_the_last_bin():
    assert plot.histogram("Scores", [1, 2, 2, 3], [1, 2, 3]).rows[1:] == (
        ("1 \N{EN DASH} 2", "1"),
        ("2 \N{EN DASH} 3", "3"),
    )


def test_german_writes_numbers_and_months_its_own_way():
    look = plot.Look(wording=plot.GERMAN)
    start = date(2027, 3, 1)
    points = [(start + timedelta(days=n), 1234.5 + n) for n in range(3)]
    picture = plot.line("Erlös", [plot.Series("2027", points)], look=look)
    assert picture.rows[1] == ("1. März 2027", "1\N{NARROW NO-BREAK SPACE}234,50")


def test_words_are_escaped():
    svg = plot.bars("<script>", [plot.Bar('"<&\x00', 1)]).svg
    assert "<script" not in svg
    assert '"<&' in words_of(svg)


def test_an_empty_picture_says_so():
    for picture in (plot.line("Any", []), plot.ladder("Any", []), plot.bars("Any", [])):
        assert words_of(picture.svg) == ["Nothing to show yet."]


def test_stands_alone_with_its_own_colours():
    bars = [plot.Bar("Ada", 3)]
    assert "fill=" not in plot.bars("Any", bars).svg
    alone = plot.bars("Any", bars, look=plot.Look(standalone=True)).svg
    assert all(mark.get("fill") for mark in fromstring(alone).iter(f"{SVG}rect"))


def test_equal_pictures_on_one_page_are_told_apart_by_their_key():
    one, two = (plot.spark("Any", [1, 2], look=plot.Look(key=key)).svg for key in "ab")
    assert one != two


@pytest.mark.parametrize(
    "draw",
    [
        lambda: plot.spark("Any", [float("nan")]),
        lambda: plot.histogram("Any", [1], [2, 1]),
        lambda: plot.heat("Any", ["a"], ["b"], [[1, 2]]),
        lambda: plot.fan("Any", plot.Series("x", [(1, 1)]), [plot.Band("80 %", [], [])]),
        lambda: plot.ladder("Any", [plot.Step("x", 2, 1, 10)]),
    ],
)
def test_refuses_what_cannot_be_drawn(draw):
    with pytest.raises(ValueError, match=r"\w"):
        draw()
