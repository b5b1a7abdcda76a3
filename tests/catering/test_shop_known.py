"""What the shop tells the forecast: orders that may expire, its last day, and whether it rests."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
import sqlalchemy as sa

from cfp.catering.forecast.noshow import TicketClass
from cfp.catering.service import record, setting_up
from cfp.catering.service.gathering import gather
from cfp.db import db as database
from cfp.tickets.models import CheckIn, OrderState, Ticket, Verdict
from cfp.tickets.queries import shop_of
from tests.catering.kitchens import add, make_kitchen
from tests.make import make_conference
from tests.tickets.selling import make_product, make_quota, make_shop, place


@pytest.fixture
def conference(db):
    conference = make_conference()
    make_kitchen(conference)
    return conference


def seen(conference, on):
    return gather(conference, setting_up.find_kitchen(conference), on)


def known(conference, on):
    return seen(conference, on).situation


def channel(conference, on, kind):
    return next(one for one in seen(conference, on).channels if one.kind is kind)


def test_without_a_shop_nothing_is_known_of_it(conference):
    found = known(conference, conference.starts_on - timedelta(40))
    assert (found.refunds, found.sale_ends, found.paused) == (0, None, False)


def test_a_fifth_of_what_is_not_paid_may_be_given_back(conference):
    make_shop(conference)
    product = make_product(conference, make_quota(conference, 50))
    order = place(conference, product, 10)
    on = order.placed_at.date() + timedelta(1)
    assert (known(conference, on).sold, known(conference, on).refunds) == (10, 2)
    order.move(OrderState.PAID, "It cannot.")
    database.session.flush()
    assert (known(conference, on).sold, known(conference, on).refunds) == (10, 0)


def test_selling_ends_when_the_shop_closes_unless_somebody_says_otherwise(conference):
    make_shop(conference)
    shop, doors = database.session.scalars(shop_of(conference)).one(), conference.starts_on
    shop.closes_at -= timedelta(days=9)
    closes = (doors - shop.closes_at.date()).days
    on = doors - timedelta(40)
    assert known(conference, on).sale_ends == pytest.approx(max(0, closes), abs=1)
    setting_up.find_kitchen(conference).sale_ends_on = doors - timedelta(20)
    assert known(conference, on).sale_ends == 20


def test_sales_rest_before_the_opening_and_while_nothing_is_on_sale(conference):
    make_shop(conference)
    shop = database.session.scalars(shop_of(conference)).one()
    product = make_product(conference, make_quota(conference, 50))
    opened = shop.opens_at.date() + timedelta(2)
    assert not known(conference, opened).paused
    assert known(conference, shop.opens_at.date() - timedelta(2)).paused
    product.on_sale = False
    database.session.flush()
    assert known(conference, opened).paused


def test_codes_that_have_lapsed_bring_nobody(conference):
    lapse = conference.starts_on - timedelta(12)
    setting_up.find_kitchen(conference).claim_by = lapse
    codes = [channel(conference, day, TicketClass.CODE) for day in (lapse, lapse + timedelta(1))]
    assert [(one.held, one.unclaimed) for one in codes] == [(15, 45), (15, 0)]


def test_what_was_answered_to_the_mail_is_known_of_those_who_paid(conference):
    make_shop(conference)
    order = place(conference, make_product(conference, make_quota(conference, 50)), 10)
    on = order.placed_at.date() + timedelta(1)
    kitchen = setting_up.find_kitchen(conference)
    assert not channel(conference, on, TicketClass.PAID).asked
    for (come, away), (confirmed, declined) in (((6, 2), (6, 2)), ((40, 3), (7, 3))):
        kitchen.will_come, kitchen.stay_away = come, away
        paid = channel(conference, on, TicketClass.PAID)
        assert (paid.asked, paid.confirmed, paid.declined) == (True, confirmed, declined)
    assert not channel(conference, on, TicketClass.CODE).asked


def test_who_was_let_in_counts_once_a_day(conference):
    """In and out and in again; the second night begins at ten in the evening by UTC."""
    make_shop(conference)
    place(conference, make_product(conference, make_quota(conference, 50)), 3)
    one, two, three = database.session.scalars(sa.select(Ticket.id).order_by(Ticket.id))
    first = conference.starts_on
    noon, late = (datetime.combine(first, hour, UTC) for hour in (time(10), time(22, 30)))
    ok, bad = Verdict.OK, next(verdict for verdict in Verdict if verdict is not Verdict.OK)
    scans = ((one, noon, ok), (one, noon, ok), (two, noon, ok), (three, noon, bad), (two, late, ok))
    for n, (ticket, at, verdict) in enumerate(scans):
        known = {"conference_id": conference.id, "ticket_id": ticket, "nonce": str(n)}
        add(CheckIn(at=at, verdict=verdict, **known))
    assert record.at_the_doors(conference) == {first: 2, first + timedelta(1): 1}
