"""What goes wrong with sales, from the rows of the house to the forecast: nine bad days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa

from cfp.catering.forecast.noshow import TicketClass
from cfp.catering.models import PastEdition, PastSale
from cfp.catering.outlook.ahead import look
from cfp.catering.outlook.known import Known
from cfp.catering.service import looking, setting_up
from cfp.catering.service.gathering import gather
from cfp.db import db as database
from tests.catering.kitchens import add, make_caterer, make_kitchen, make_meal, make_past
from tests.make import make_conference
from tests.tickets.selling import make_product, make_quota, make_shop

DAYS = 30


@pytest.fixture
def here(db, sqlite_house):
    """An edition with one before it, a month ahead; the rows that it has sold."""
    conference = make_conference()
    make_kitchen(conference, crew=0, speakers=0, codes=0, codes_claimed=0, target=None)
    make_meal(conference, make_caterer(conference))
    make_past(conference, 110, years=1)
    make_past(conference, 120, years=0, until=DAYS)
    return conference


def known(conference, days=DAYS) -> Known:
    database.session.flush()
    kitchen = setting_up.find_kitchen(conference)
    return gather(conference, kitchen, conference.starts_on - timedelta(days))


def foreseen(conference, days=DAYS):
    """The look ahead; what never may be is looked at each time."""
    asked = known(conference, days)
    found = look(asked)
    tickets, situation = found["tickets"], asked.situation
    quantiles = [tickets[q] for q in ("q025", "q10", "q50", "q90", "q975")]
    assert quantiles == sorted(quantiles)
    assert quantiles[0] >= situation.sold - situation.refunds
    if situation.capacity is not None:
        assert quantiles[-1] <= max(situation.capacity, situation.sold)
    (meal,) = found["meals"]
    assert 0 <= meal["low"] <= meal["likely"] <= meal["high"]
    assert sum(meal["diets"].values()) == meal["order"] >= 0
    return tickets, meal


def own(conference):
    """The sales of this edition, the last ones first."""
    mine = sa.select(PastEdition.id).where(PastEdition.starts_on == conference.starts_on)
    select = sa.select(PastSale).where(PastSale.edition_id.in_(mine))
    return database.session.scalars(select.order_by(PastSale.ordered_at.desc())).all()


def capacity(conference, seats):
    setting_up.find_kitchen(conference).capacity = seats


def test_sold_out_early_and_a_capacity_raised(here):
    sold = known(here).situation.sold
    capacity(here, sold)
    full, meal = foreseen(here)
    assert {full[q] for q in ("q025", "q50", "q975")} == {sold}
    assert meal["high"] < sold
    capacity(here, sold + 15)
    raised, _ = foreseen(here)
    assert sold < raised["q50"] < raised["q975"] <= sold + 15


def test_sales_that_are_paused_are_no_slow_sales(here):
    for sale in own(here)[:25]:  # nothing for weeks
        database.session.delete(sale)
    slow, _ = foreseen(here)
    make_shop(here)
    make_product(here, make_quota(here, 50), on_sale=False)
    assert known(here).situation.paused
    paused, _ = foreseen(here)
    assert paused["q50"] >= slow["q50"]


def test_fifty_free_tickets_in_one_minute_are_heads_and_no_pace(here):
    before, meal = foreseen(here)
    last = own(here)[0]
    for n in range(50):
        at = last.ordered_at + timedelta(seconds=n)
        free = {"edition_id": last.edition_id, "kind": TicketClass.FREE, "cents": 0}
        add(PastSale(ordered_at=at, **free))
    after, fuller = foreseen(here)
    assert after == before
    assert 15 < fuller["likely"] - meal["likely"] < 50


def test_a_mass_refund_lowers_the_forecast(here):
    before, meal = foreseen(here)
    for sale in own(here)[:30]:
        database.session.delete(sale)
    after, emptier = foreseen(here)
    assert before["sold"] - after["sold"] == 30
    assert after["q50"] < before["q50"] - 20
    assert emptier["likely"] < meal["likely"]


def test_a_moved_step_moves_the_forecast(here):
    kitchen, found = setting_up.find_kitchen(here), []
    for days in (35, 10):
        kitchen.steps = [(here.starts_on - timedelta(days)).isoformat()]
        found.append(foreseen(here)[0]["q50"])
    assert found[0] < found[1]


def test_zero_sales_are_weak_and_have_a_number(here):
    for sale in own(here):
        database.session.delete(sale)
    tickets, meal = foreseen(here)
    assert (tickets["sold"], tickets["strength"]) == (0, "weak")
    assert meal["high"] > meal["low"] > 0


def test_tomorrow_little_is_left_to_come(here):
    sold = known(here, days=1).situation.sold
    tickets, meal = foreseen(here, days=1)
    assert sold <= tickets["q10"] <= tickets["q90"] <= sold + 40
    assert meal["order"] >= meal["low"]


def test_days_are_the_conference_s_own_when_the_clock_changes(here):
    """In the night of 28 March 2027 an hour is missing in Berlin; half past midnight is its day."""
    night = date(2027, 3, 28)
    here.timezone = "Europe/Berlin"
    days = (here.starts_on - night).days
    before = known(here, days + 1).situation.sold
    last = own(here)[0]
    for at in (
        datetime(2027, 3, 27, 23, 30, tzinfo=UTC),
        datetime(2027, 3, 28, 21, 59, tzinfo=UTC),
    ):
        sale = {"edition_id": last.edition_id, "kind": TicketClass.PAID, "cents": 100}
        add(PastSale(ordered_at=at, **sale))
    assert known(here, days + 1).situation.sold == before
    counts = {point.days: point.sold for point in known(here, days).situation.points}
    assert counts[float(days)] >= before + 2
    assert sorted(counts) == [float(n) for n in range(days, days + len(counts))]


def test_a_day_that_has_just_begun_is_no_day_without_sales(here):
    """Minutes after midnight the same is known as minutes before."""
    kitchen = setting_up.find_kitchen(here)
    night = datetime(2027, 4, 11, 22, 0, tzinfo=UTC)  # midnight in Berlin, 28 days before
    minutes = timedelta(minutes=20)
    before, after = (
        looking.look_ahead(here, kitchen, at).result for at in (night - minutes, night + minutes)
    )
    assert before["tickets"] == after["tickets"]
    noon = looking.look_ahead(here, kitchen, night + timedelta(hours=12), again=True)
    evening = looking.look_ahead(here, kitchen, night + timedelta(hours=23), again=True)
    assert after["tickets"]["q50"] > noon.q50 > evening.q50


def test_weeks_without_a_sale_do_not_widen_the_interval(here):
    found = [foreseen(here, days)[0] for days in range(DAYS, 0, -6)]
    widths = [tickets["q90"] - tickets["q10"] for tickets in found]
    assert all(after <= before + 1 for before, after in pairwise(widths))
