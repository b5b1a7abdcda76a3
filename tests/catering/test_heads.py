"""Heads at a meal: who has a ticket, who stays away, who comes without."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cfp.catering.forecast.channels import Channel, Meal
from cfp.catering.forecast.heads import composition, crowd
from cfp.catering.forecast.levers import Known, Lever, pulled
from cfp.catering.forecast.noshow import USUAL, Attendance, TicketClass, at_lead, learnt
from cfp.catering.forecast.posterior import certain
from cfp.catering.forecast.tickets import forecast
from tests.catering.sales import edition, situation

LUNCH = Meal("lunch")
ASKED = situation(14, 220)
TICKETS = forecast(ASKED, [edition(210)]).distribution
PAID = Channel(TicketClass.PAID, ASKED.sold)
CHANNELS = (
    PAID,
    Channel(TicketClass.CODE, 30, unclaimed=60, leads=((30, 7.0),)),
    Channel(TicketClass.CREW, 20),
    Channel(TicketClass.SPEAKER, 40),
)


def spread(found, meal=0):
    low, _, high = found.quantiles(meal)
    return high - low


def test_the_same_crowd_twice():
    first, second = (crowd(TICKETS, ASKED.sold, CHANNELS, [LUNCH]) for _ in range(2))
    assert first.house.tobytes() == second.house.tobytes()


def test_heads_are_tickets_less_those_who_stay_away():
    everybody = Channel(TicketClass.PAID, 300)
    house = crowd(None, 300, [everybody], []).house
    assert house.mean() == pytest.approx(300 * 0.92 + 300 * 0.012, rel=0.01)


@pytest.mark.parametrize("kind", TicketClass)
def test_each_class_stays_away_in_its_own_way(kind):
    house = crowd(None, 0, [Channel(kind, 400)], []).house
    assert house.mean() == pytest.approx(400 * (1 - USUAL[kind].mean), rel=0.02)


def test_more_is_uncertain_than_a_coin_would_say():
    house = crowd(None, 0, [Channel(TicketClass.PAID, 300)], []).house
    assert np.var(house) > 1.5 * 300 * 0.08 * 0.92


def test_early_buyers_stay_away_more_often():
    rates = [at_lead(0.08, days) for days in (150, 45, 3)]
    assert rates[0] > rates[1] > rates[2]
    assert rates[1] == pytest.approx(0.08)
    early, late = (replace(PAID, leads=((PAID.held, days),)) for days in (150.0, 3.0))
    houses = [crowd(None, 0, [channel], []).house.mean() for channel in (early, late)]
    assert houses[0] < houses[1]


def test_a_class_learns_from_what_earlier_editions_saw():
    assert learnt(TicketClass.PAID).mean == 0.08
    rate = learnt(TicketClass.PAID, [Attendance(250, 50)])
    assert 0.10 < rate.mean < 0.16
    older = learnt(TicketClass.PAID, [Attendance(250, 50, age=8)])
    assert 0.08 < older.mean < rate.mean
    assert learnt(TicketClass.PAID, [Attendance(0, 0)]).mean == 0.08


def test_a_meal_that_fewer_eat_has_fewer_heads():
    dinner = Meal("dinner", eat=replace(LUNCH.eat, mean=0.6))
    found = crowd(TICKETS, ASKED.sold, CHANNELS, [LUNCH, dinner])
    assert found.quantiles(1)[1] == pytest.approx(found.quantiles(0)[1] * 0.6 / 0.97, rel=0.03)


@pytest.mark.parametrize("lever", Lever)
def test_each_lever_makes_the_number_surer(lever):
    known = Known(TICKETS, ASKED.sold, CHANNELS)
    before = crowd(known.tickets, known.sold, known.channels, [LUNCH])
    after = pulled(known, [lever])
    assert spread(crowd(after.tickets, after.sold, after.channels, [LUNCH])) <= spread(before)


def test_all_levers_together_halve_the_width():
    known = Known(TICKETS, ASKED.sold, CHANNELS)
    before = crowd(known.tickets, known.sold, known.channels, [LUNCH])
    after = pulled(known, tuple(Lever))
    assert spread(crowd(after.tickets, after.sold, after.channels, [LUNCH])) < 0.67 * spread(before)


def test_levers_do_not_change_how_many_are_expected():
    known = Known(TICKETS, ASKED.sold, CHANNELS)
    after = pulled(known, tuple(Lever))
    first, second = (
        crowd(k.tickets, k.sold, k.channels, [LUNCH]).quantiles(0)[1] for k in (known, after)
    )
    assert first == pytest.approx(second, rel=0.03)


def test_a_day_pass_eats_on_its_day_only():
    first, second = (
        Channel(TicketClass.PAID, 100),
        Channel(TicketClass.PAID, 100, days=frozenset({1})),
    )
    meals = [LUNCH, replace(LUNCH, day=1)]
    found = crowd(None, 200, [first, second], meals)
    assert found.quantiles(1)[1] == pytest.approx(2 * found.quantiles(0)[1], rel=0.06)


def test_those_still_to_come_buy_as_those_before_did():
    """Half of all tickets are day passes: so is half of what is still to come."""
    halves = [Channel(TicketClass.PAID, 50), Channel(TicketClass.PAID, 50, days=frozenset({1}))]
    found = crowd(certain(200), 100, halves, [LUNCH, replace(LUNCH, day=1)])
    assert found.quantiles(1)[1] == pytest.approx(2 * found.quantiles(0)[1], rel=0.06)


def test_before_anybody_has_bought_everybody_is_still_to_come():
    found = crowd(certain(200), 0, [Channel(TicketClass.PAID)], [LUNCH])
    assert found.house.mean() == pytest.approx(200 * 0.94, rel=0.05)


def test_the_composition_is_the_mean_of_the_draws():
    channels = [
        Channel(TicketClass.PAID, 200, leads=((120, 80.0), (80, 10.0))),
        Channel(TicketClass.CODE, 20, unclaimed=40),
        Channel(TicketClass.CREW, 18, asked=True, declined=2, confirmed=10),
        Channel(TicketClass.SPEAKER, 40, claims_closed=True, unclaimed=5),
    ]
    parts, without = composition(60.0, 200, channels)
    assert [part.kind for part in parts] == [channel.kind for channel in channels]
    assert [part.to_come for part in parts] == pytest.approx([60, 40 * 0.84, 0, 0])
    there = sum(part.held + part.to_come - part.away for part in parts) + without
    drawn = crowd(certain(260.0), 200, channels, []).house.mean()
    assert there == pytest.approx(drawn, rel=0.01)


def test_day_passes_are_of_the_class_of_their_ticket():
    passes = [Channel(TicketClass.PAID, 30), Channel(TicketClass.PAID, 10, days=frozenset({0}))]
    [part], _without = composition(8.0, 40, passes)
    assert (part.held, part.to_come) == (40, 8)
