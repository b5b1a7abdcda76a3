"""What the shop's own prices tell the money ahead: tiers, the height of a step, the opening."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from cfp.budget.service import comparing, helping, tiers
from cfp.budget.service.planning import open_books
from cfp.catering.service import looking, setting_up
from cfp.db import db as database
from cfp.tickets.models import Shop
from tests.catering.kitchens import fill_purse, make_caterer, make_kitchen, make_meal, make_past
from tests.make import make_conference
from tests.tickets.selling import EARLY_ENDS, make_product, make_quota, make_shop, place

NOW = datetime(2027, 1, 20, 12, tzinfo=UTC)


@pytest.fixture
def conference(db):
    """Three tickets at 99, which ends on the first of February or with ten; then 199."""
    conference = make_conference()
    make_shop(conference)
    product = make_product(conference, make_quota(conference, 400))
    make_kitchen(conference)
    make_meal(conference, make_caterer(conference))
    make_past(conference, years=1)
    fill_purse(conference)
    place(conference, product, 3)
    database.session.expire_all()
    look(conference, NOW)
    return conference


def look(conference, at):
    looking.look_ahead(conference, setting_up.find_kitchen(conference), at)


def test_each_tier_of_the_shop_has_what_it_brought_and_what_is_to_come(conference):
    books = open_books(conference, NOW)
    found = tiers.income(conference, comparing.ground(conference, books), books.sold)
    early, regular = found.rungs
    assert [one.rung.tier for one in found.rungs] == ["Early bird", "Regular"]
    assert (early.rung.sold, early.rung.cents, early.rung.left) == (3, 29_700, 7)
    assert early.tickets.high <= 7
    assert regular.tickets.likely > 100
    assert found.whole.cents.likely > regular.cents.low


def test_a_planned_step_is_as_high_as_the_shop_says(conference):
    stands = comparing.ground(conference, open_books(conference, NOW))
    assert stands.knows_height
    assert (stands.planned.before, stands.planned.after) == (9_900, 19_900)
    assert comparing.step_day(conference, stands.planned.step) == EARLY_ENDS.date()


def test_the_opening_is_a_lever_until_it_is_there(conference):
    def keys(at):
        found = helping.levers(conference, open_books(conference, at), helping.Sizes())
        return [one.key for one in found]

    assert "opening" not in keys(NOW)
    shop = database.session.scalars(sa.select(Shop)).one()
    shop.opens_at = NOW + timedelta(days=20)
    database.session.flush()
    assert "opening" in keys(NOW)
