"""Magnitude by magnitude: what only the large penalties make of a conference of blocks."""

from __future__ import annotations

from time import monotonic

from hypothesis import given, settings
from hypothesis import strategies as st

from cfp.schedule.csplib import tiers
from cfp.schedule.csplib.blocks import solve
from cfp.schedule.csplib.bundles import bundles
from cfp.schedule.csplib.first import first_layout
from cfp.schedule.csplib.halt import Halt
from cfp.schedule.csplib.instance import from_sheets
from cfp.schedule.csplib.penalties import evaluate, faults
from cfp.schedule.csplib.seated import Seated
from tests.schedule.block_conferences import LIKE_GECCO, RECIPES, Recipe, make


@given(st.integers(0, 50), st.sampled_from([1, 10, 100, 1000, 100_000]))
@settings(max_examples=15, deadline=None)
def test_no_plan_costs_more_where_only_the_large_penalties_count(seed, least):
    whole = from_sheets(make(RECIPES["small"].with_(remote=0.5, ordered=0.5, choosy=0.3), seed))
    reduced = tiers.only_from(whole, least)
    parts = bundles(whole)
    seated = Seated(whole, parts).seat(first_layout(whole, parts, seed), {}, 5)
    score, all_of_it = evaluate(reduced, seated.plan), evaluate(whole, seated.plan)
    assert score.objective <= all_of_it.objective
    assert evaluate(tiers.only_from(whole, 0), seated.plan).objective == all_of_it.objective
    for key, value in score.values.items():
        assert value in (0, all_of_it.values[key]) or value * reduced.weights[key] >= least


def test_magnitudes_are_those_of_single_prices():
    whole = from_sheets(make(RECIPES["small"].with_(weights=(("pres", 100_000), ("par", 7)))))
    assert tiers.magnitudes(whole) == [100_000, 1]


def test_a_conference_whose_cells_are_all_full_keeps_no_large_penalty():
    full = Recipe(60, 8, 5, 4, slots=(3,), full=1.0, busy=0.3, visitors=2, weights=LIKE_GECCO)
    instance = from_sheets(make(full))
    found = solve(instance, 8)
    assert not faults(instance, found.plan)
    assert evaluate(tiers.only_from(instance, 10_000), found.plan).objective == 0


def test_who_has_waited_long_enough_takes_the_best_so_far():
    instance, halt = from_sheets(make(RECIPES["everything"])), Halt()
    began = monotonic()
    found = solve(instance, 60, tell=lambda _: halt.pull(), halt=halt)
    assert monotonic() - began < 10
    assert not faults(instance, found.plan)
