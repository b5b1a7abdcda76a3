"""Pairs that the same visitors want: only those that chance does not explain."""

from __future__ import annotations

import math
import random
from fractions import Fraction
from itertools import combinations
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfp.stars.pairs import chance, corrected, wanted_together

lists = st.lists(st.frozensets(st.integers(1, 6)), max_size=40)


def exact(both, a, b, total):
    """The same chance by counting all ways."""
    ways = sum(
        comb(a, k) * comb(total - a, b - k)
        for k in range(both, min(a, b) + 1)
        if 0 <= b - k <= total - a
    )
    return Fraction(ways, comb(total, b))


@st.composite
def tables(draw):
    total = draw(st.integers(1, 60))
    a, b = draw(st.integers(1, total)), draw(st.integers(1, total))
    return draw(st.integers(max(0, a + b - total), min(a, b))), a, b, total


@given(tables())
def test_the_chance_is_that_of_counting_every_way(table):
    assert math.isclose(chance(*table), float(exact(*table)), rel_tol=1e-9, abs_tol=1e-12)


def stepwise(chances, looked_at):
    """Benjamini and Hochberg as their paper says it: the least level at which each is believed."""
    order = sorted(chances.values())
    found = {}
    for pair, p in chances.items():
        ranks = [r for r, value in enumerate(order, 1) if value >= p]
        found[pair] = min(1.0, *(order[r - 1] * looked_at / r for r in ranks), 1.0)
    return found


@given(
    st.dictionaries(
        st.tuples(st.integers(1, 9), st.integers(10, 19)), st.floats(0, 1), max_size=12
    ),
    st.integers(0, 50),
)
def test_the_correction_is_that_of_the_paper(chances, more):
    looked_at = len(chances) + more
    found = corrected(chances, looked_at)
    assert found == pytest.approx(stepwise(chances, looked_at))


@given(lists)
def test_what_is_found_holds_what_was_promised(wanted):
    filled = [w for w in wanted if w]
    for pair in wanted_together(wanted):
        both = sum(pair.a in w and pair.b in w for w in filled)
        a, b = (sum(t in w for w in filled) for t in (pair.a, pair.b))
        assert pair.a < pair.b
        assert pair.both == both >= 5
        assert pair.lift == pytest.approx(both * len(filled) / (a * b))
        assert pair.lift >= 1.5
        assert pair.q <= 0.05


def crowd(size, seed, taste=0.2, talks=20):
    lot = random.Random(seed)  # noqa: S311  (made-up tastes)
    return [frozenset(t for t in range(talks) if lot.random() < taste) for _ in range(size)]


def test_visitors_who_choose_by_the_dice_bring_no_pair():
    found = [pair for seed in range(20) for pair in wanted_together(crowd(200, seed))]
    assert len(found) <= 2  # of 3,800 pairs


def test_two_talks_of_one_taste_are_found_among_the_dice():
    people = crowd(200, 7)
    fans = [wanted | {100, 101} for wanted in people[:15]]
    found = wanted_together(fans + people[15:])
    assert (found[0].a, found[0].b, found[0].both) == (100, 101, 15)


def test_the_most_popular_are_no_pair_only_because_everybody_wants_them():
    people = [frozenset({1, 2}) for _ in range(50)] + [frozenset({3})]
    assert not wanted_together(people)


def test_four_people_are_too_few_to_be_told():
    four = [frozenset({1, 2})] * 4 + [frozenset({3})] * 100
    assert not wanted_together(four)
    assert len(wanted_together([*four, frozenset({1, 2})])) == 1


def test_those_who_starred_nothing_do_not_count():
    some = [frozenset({1, 2})] * 6 + [frozenset({3})] * 30
    assert wanted_together(some) == wanted_together([*some, *[frozenset()] * 500])


def test_the_most_wanted_come_first():
    people = [frozenset({1, 2})] * 9 + [frozenset({3, 4})] * 6 + [frozenset({5})] * 60
    assert [pair.both for pair in wanted_together(people)] == [9, 6]


def test_every_pair_of_a_group_is_found():
    people = [frozenset({1, 2, 3})] * 10 + [frozenset({9})] * 60
    found = {(pair.a, pair.b) for pair in wanted_together(people)}
    assert found == set(combinations((1, 2, 3), 2))
