"""How many wishes a plan allows, against trying every choice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from cfp.stars.crowds import expected
from cfp.stars.wishes import Share, Span, of_all, overlaps, possible

NINE = datetime(2027, 5, 10, 9, 0, tzinfo=UTC)


def span(talk, starts, minutes):
    begins = NINE + timedelta(minutes=starts)
    return Span(talk, begins, begins + timedelta(minutes=minutes))


spans = st.lists(st.tuples(st.integers(0, 90), st.integers(1, 60)), max_size=8).map(
    lambda times: [span(number, *time) for number, time in enumerate(times)]
)


def apart(chosen):
    return all(a.ends <= b.starts or b.ends <= a.starts for a, b in combinations(chosen, 2))


@given(spans)
def test_nobody_could_hear_more(wanted):
    best = max(
        size
        for size in range(len(wanted) + 1)
        if any(apart(chosen) for chosen in combinations(wanted, size))
    )
    found = possible(wanted)
    assert len(found) == best
    assert apart(found)


@given(spans)
def test_overlaps_are_all_pairs_that_run_at_once(wanted):
    expected_pairs = {
        frozenset((a.talk, b.talk))
        for a, b in combinations(wanted, 2)
        if a.starts < b.ends and b.starts < a.ends
    }
    found = [frozenset((a.talk, b.talk)) for a, b in overlaps(wanted)]
    assert set(found) == expected_pairs
    assert len(found) == len(expected_pairs)


def test_one_that_begins_as_another_ends_can_be_heard_too():
    assert len(possible([span(1, 0, 40), span(2, 40, 40)])) == 2


def test_the_share_is_over_all_visitors_and_knows_only_what_is_planned():
    plan = {1: span(1, 0, 40), 2: span(2, 0, 40), 3: span(3, 60, 40)}
    lists = [frozenset({1, 2}), frozenset({1, 3}), frozenset({3, 99}), frozenset()]
    share = of_all(lists, plan)
    assert share == Share(4, 5)
    assert share.percent == 80


def test_without_wishes_nothing_is_missed():
    assert of_all([], {}).percent == 100


# Crowds


@given(
    st.dictionaries(st.integers(1, 30), st.integers(0, 200), min_size=1),
    st.integers(1, 500),
    st.integers(1, 6),
)
def test_more_stars_never_mean_fewer_people_and_nobody_is_counted_twice(stars, visitors, rooms):
    heads = expected(stars, visitors, rooms)
    assert set(heads) == (set(stars) if any(stars.values()) else set())
    order = sorted(heads, key=lambda talk: stars[talk])
    assert all(heads[a] <= heads[b] for a, b in pairwise(order))
    assert all(0 <= count <= visitors for count in heads.values())


def test_all_talks_together_draw_everybody_once_a_stretch():
    heads = expected({1: 30, 2: 30, 3: 30, 4: 30}, 100, 2)
    assert heads == dict.fromkeys((1, 2, 3, 4), 50)


def test_a_talk_that_nobody_starred_is_not_empty():
    heads = expected({1: 40, 2: 0}, 100, 2)
    assert heads[1] > heads[2] > 0


def test_without_stars_or_rooms_nothing_is_foretold():
    assert expected({}, 100, 2) == {}
    assert expected({1: 3}, 100, 0) == {}
    assert expected({1: 0}, 100, 1) == {}
