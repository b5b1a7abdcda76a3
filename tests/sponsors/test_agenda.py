"""Benefits by date: nothing is lost in the strip, and each stands where its day is."""

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cfp.sponsors.agenda import MOST_WEEKS, Owed, spread

FRIDAY = date(2027, 1, 15)
DAYS = st.integers(-400, 800).map(lambda n: FRIDAY + timedelta(days=n))
OWED = st.lists(st.builds(Owed, st.sampled_from("ABC"), DAYS), max_size=12)


def column(strip, day):
    """Where a day belongs, sought from the end."""
    if day < FRIDAY:
        return 0
    return max(n for n, begin in enumerate(strip.begins, 1) if begin <= day)


@given(OWED)
def test_each_is_counted_once_in_the_column_of_its_day(owed):
    strip = spread(owed, FRIDAY)
    expected = {}
    for one in owed:
        row = expected.setdefault(one.sponsor, [0] * (len(strip.begins) + 1))
        row[column(strip, one.day)] += 1
    assert strip.sponsors == tuple(expected)
    assert [[cell or 0 for cell in row] for row in strip.cells] == [*expected.values()]


@given(OWED)
def test_columns_follow_each_other_without_a_gap_and_are_never_too_many(owed):
    begins = spread(owed, FRIDAY).begins
    steps = {(b - a).days for a, b in itertools.pairwise(begins)}
    assert steps <= {7} or steps <= {28, 29, 30, 31}
    assert begins[0] <= FRIDAY
    assert len(begins) <= max(MOST_WEEKS, 28)


def test_few_weeks_are_weeks_from_monday_on_and_many_are_months():
    week = timedelta(days=7)
    near = spread([Owed("A", FRIDAY + week)], FRIDAY)
    assert (near.begins, near.is_monthly) == ((date(2027, 1, 11), date(2027, 1, 18)), False)
    far = spread([Owed("A", date(2028, 2, 1))], FRIDAY)
    assert (far.begins[0], far.begins[-1]) == (date(2027, 1, 1), date(2028, 2, 1))
    assert far.is_monthly
