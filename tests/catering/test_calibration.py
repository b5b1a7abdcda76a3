"""How far earlier forecasts were off, and what too many misses ask of the next ones."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfp.catering.forecast import Edition
from cfp.catering.forecast.calibration import Kept, record
from cfp.catering.service.accuracy import asked_again, widening
from tests.catering.sales import curve, edition

HIT, MISS = Kept(90, 100, 110, 104), Kept(90, 100, 110, 130)


def test_nothing_has_come_true_yet():
    assert record([]) is None
    assert record([Kept(0, 0, 0, 0)]) is None


def test_error_bias_and_coverage_are_shares_of_the_truth():
    found = record([Kept(90, 110, 130, 100), Kept(90, 95, 97, 100)])
    assert found.error == pytest.approx(0.075)
    assert found.bias == pytest.approx(0.025)
    assert found.coverage == 0.5


def test_the_alarm_needs_five_forecasts():
    assert not record([MISS] * 4).alarm
    assert record([MISS] * 5).alarm


def test_seven_in_ten_are_enough():
    assert not record([HIT] * 7 + [MISS] * 3).alarm
    assert record([HIT] * 6 + [MISS] * 4).alarm


def test_the_next_intervals_are_as_wide_as_four_in_five_needed():
    """The side to 110 is 10 wide; 130 needed three times as much."""
    found = record([HIT, HIT, MISS, MISS, MISS])
    assert found.widen == pytest.approx(3.0)


@given(
    st.lists(
        st.tuples(*[st.integers(0, 500)] * 4).map(lambda n: Kept(*sorted(n[:3]), float(n[3]))),
        min_size=1,
        max_size=20,
    )
)
@settings(max_examples=40)
def test_it_is_never_narrowed_and_never_without_end(kept):
    found = record(kept)
    if found is not None:
        assert 1.0 <= found.widen <= 3.0
        assert 0 <= found.coverage <= 1


def test_an_edition_is_asked_again_from_those_before_it_only():
    past = [edition(240, 3), edition(260, 2), edition(280, 1)]
    alone = asked_again(past[:1])
    assert [one for one in asked_again(past) if one.name == past[0].name] == alone
    assert {one.days for one in alone} == {30, 14, 7}


def test_editions_like_each_other_need_no_wider_intervals():
    past = [edition(240, 3), edition(260, 2), edition(280, 1)]
    assert widening(asked_again(past)) == 1.0


def test_editions_that_surprised_make_the_next_intervals_wider():
    def late(final: int, age: float) -> Edition:
        """Half of all tickets in the last two days."""
        points = tuple(
            point if point.days < 2 else type(point)(point.days, point.sold // 2)
            for point in curve(final)
        )
        return Edition(f"{age}", points, final, age)

    assert widening(asked_again([late(240, 3), edition(260, 2), late(280, 1)])) > 1.0
