"""The order to the caterer: portions, diets, appetite, and the day by which the number is due."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cfp.catering.portions.appetite import EXAMPLES, MIXED, Crowd, after_meal, factor
from cfp.catering.portions.deadline import caterers_day
from cfp.catering.portions.diets import ANY, BELIEF, USUAL, Answers, learnt, split
from cfp.catering.portions.order import Costs, band, best_order, expected_cost
from cfp.catering.portions.spread import Heads, between, counted, weighted

heads = st.dictionaries(st.integers(0, 80), st.integers(1, 9), min_size=1, max_size=12).map(
    lambda chances: weighted(sorted(chances), [float(chances[n]) for n in sorted(chances)])
)
prices = st.integers(1, 90).map(float)
shortages = st.just(0.0) | prices
bands = st.integers(0, 15) | st.sampled_from([80, 200])


@given(heads, prices, shortages, bands)
def test_the_order_is_the_cheapest_of_all(spread: Heads, portion, shortage, tolerance):
    """Also without a shortage's price, and with a band wider than all there may be."""
    costs = Costs(portion, shortage, tolerance)
    every = [expected_cost(spread, costs, order) for order in range(spread.numbers[-1] + 220)]
    best, least, likely = best_order(spread, costs), min(every), spread.quantile(0.5)
    assert every[best] == pytest.approx(least, abs=1e-6)
    as_good = [order for order, cost in enumerate(every) if cost < least + 1e-9]
    assert abs(best - likely) == min(abs(order - likely) for order in as_good)


def test_it_solves_the_equation_of_the_band():
    spread, costs = between(262, 276, 291), Costs(28, 60, 10)
    order = best_order(spread, costs)
    too_many = costs.portion * spread.chance_up_to(order - 10)
    too_few = costs.shortage * (1 - spread.chance_up_to(order + 10))
    assert too_many == pytest.approx(too_few, rel=0.2)


@pytest.mark.parametrize("tolerance", [0, 10, 100_000])
@pytest.mark.parametrize("count", [0, 100])
def test_of_equally_good_orders_it_is_the_likely_number(count, tolerance):
    assert best_order(counted([count]), Costs(28, 60, tolerance)) == count


@given(st.lists(st.integers(0, 160), min_size=3, max_size=3), prices, shortages, bands)
@example([138, 138, 138], 28.0, 60.0, 10)
@settings(max_examples=30)
def test_also_from_three_figures_the_order_is_the_cheapest_of_all(figures, portion, short, band):
    spread, costs = between(*(n / 2 for n in sorted(figures))), Costs(portion, short, band)
    brute = min(expected_cost(spread, costs, n) for n in range(spread.numbers[-1] + band + 2))
    assert expected_cost(spread, costs, best_order(spread, costs)) == pytest.approx(brute, abs=1e-6)


def test_without_a_band_it_is_the_quantile_of_the_costs():
    spread = between(80, 100, 120)
    assert best_order(spread, Costs(10, 30)) == spread.quantile(0.75)


def test_a_dearer_shortage_orders_more():
    spread = between(262, 276, 291)
    assert best_order(spread, Costs(28, 300, 10)) > best_order(spread, Costs(28, 30, 10))


def test_low_likely_and_high_are_read_as_quantiles():
    spread = between(262, 276, 291)
    assert [spread.quantile(share) for share in (0.1, 0.5, 0.9)] == [262, 276, 291]
    assert sum(spread.chances) == pytest.approx(1)


def test_a_number_that_is_certain_needs_no_spread():
    assert between(200, 200, 200).quantile(0.99) == 200


@pytest.mark.parametrize(("percent", "portions"), [(5, 14), (0, 0), (100, 280)])
def test_a_tolerance_in_percent_is_rounded_down(percent, portions):
    assert band(percent, 280) == portions


answers = st.dictionaries(st.sampled_from([*USUAL, "halal"]), st.integers(0, 90))


@given(answers, st.integers(0, 300), st.integers(0, 300))
@settings(max_examples=50)
def test_diets_sum_to_the_order(answered, count, order):
    portions = split(order, count, answered)
    assert sum(portions.by_diet.values()) == portions.order >= order
    assert all(number >= 0 for number in portions.by_diet.values())
    assert sum(portions.likely.values()) == pytest.approx(count)


def test_a_restricted_diet_has_more_than_its_likely_need():
    portions = split(280, 276, {ANY: 120, "vegetarian": 40, "vegan": 20})
    for diet in ("vegetarian", "vegan", "gluten_free"):
        assert portions.by_diet[diet] > portions.likely[diet]
    assert portions.by_diet[ANY] < portions.likely[ANY]


def test_when_all_have_answered_and_come_nothing_is_guessed():
    portions = split(100, 100, {ANY: 70, "vegan": 30})
    assert portions.by_diet == {ANY: 70, "vegan": 30}


def test_more_answers_need_fewer_portions_in_reserve():
    few = split(280, 276, {ANY: 20, "vegetarian": 7}, {ANY: 0.75, "vegetarian": 0.25})
    many = split(280, 276, {ANY: 180, "vegetarian": 60}, {ANY: 0.75, "vegetarian": 0.25})
    assert many.by_diet["vegetarian"] < few.by_diet["vegetarian"]


def test_who_answered_and_stays_away_is_not_fed():
    assert split(50, 50, {ANY: 70, "vegan": 30}).by_diet["vegan"] < 25


earlier = st.lists(st.builds(Answers, answers, st.floats(0, 9)), max_size=4)


@given(earlier)
def test_what_earlier_editions_ate_is_shares_of_everybody(editions):
    found = learnt(editions)
    assert sum(found.values()) == pytest.approx(1)
    assert all(share >= 0 for share in found.values())


def test_without_earlier_editions_shares_are_the_usual_ones():
    assert learnt([]) == pytest.approx(USUAL)


def test_an_earlier_edition_counts_half_with_sixty_answers_and_never_as_much_as_its_many():
    sixty, many = ({"vegan": int(BELIEF)}, {"vegan": 100_000})
    third = learnt([Answers(sixty, age=0)])["vegan"]
    half = learnt([Answers(many, age=0)])["vegan"]
    assert third == pytest.approx((USUAL["vegan"] + 0.5) / 1.5)
    assert half == pytest.approx((USUAL["vegan"] + 1) / 2, abs=1e-3)
    assert USUAL["vegan"] < learnt([Answers(sixty, age=5)])["vegan"] < third


def test_an_edition_that_ate_vegan_before_has_more_vegan_portions_ordered():
    eaten = learnt([Answers({ANY: 40, "vegan": 60}), Answers({ANY: 30, "vegan": 70, "halal": 8})])
    told = {ANY: 10, "vegan": 10}
    usual, found = split(280, 276, told), split(280, 276, told, eaten)
    assert found.by_diet["vegan"] > usual.by_diet["vegan"] + 20
    assert found.by_diet["halal"] > 0
    assert sum(found.by_diet.values()) == 280


def test_the_table_of_appetite_to_three_decimals():
    assert [round(factor(crowd), 3) for crowd in (MIXED, *EXAMPLES)] == [1.0, 1.084, 1.110, 1.148]


@given(st.floats(0, 1), st.floats(0, 1))
def test_appetite_stays_within_its_bounds(men, young):
    assert 0.9 <= factor(Crowd(men, young=young)) <= 1.25


def test_a_meal_that_ran_out_raises_the_factor_and_leftovers_lower_it():
    assert after_meal(1.08, missing=0.1) == pytest.approx(1.134)
    assert after_meal(1.08, left=0.1) == pytest.approx(1.026)
    assert after_meal(1.2, missing=0.5) == 1.25


@pytest.mark.parametrize(
    ("served", "days", "land", "due"),
    [
        (date(2027, 3, 30), 4, "DE-BE", date(2027, 3, 22)),  # Good Friday and Easter Monday
        (date(2027, 3, 30), 1, "DE-BE", date(2027, 3, 25)),
        (date(2027, 6, 2), 5, "DE-BY", date(2027, 5, 25)),  # Corpus Christi, in Bavaria
        (date(2027, 6, 2), 5, "DE-BE", date(2027, 5, 26)),
        (date(2027, 1, 4), 5, "DE-BE", date(2026, 12, 24)),  # across the new year
        (date(2027, 5, 12), 10, "DE-BE", date(2027, 4, 27)),  # Ascension comes after the meal
        (date(2027, 5, 12), 0, "DE-BE", date(2027, 5, 12)),
    ],
)
def test_the_caterers_day_counts_working_days_of_the_land(served, days, land, due):
    assert caterers_day(served, days, land) == due


def test_a_land_that_nobody_knows_is_said():
    with pytest.raises(ValueError, match="XX"):
        caterers_day(date(2027, 5, 12), 4, "XX")
