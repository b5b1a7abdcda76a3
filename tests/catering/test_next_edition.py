"""What was run here is the next edition's past: its sales, its forecasts, its kitchen."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from cfp.access import Role
from cfp.catering import sales
from cfp.catering.models import ForecastSnapshot
from cfp.catering.portions.diets import USUAL
from cfp.catering.service import looking, setting_up
from cfp.catering.service.gathering import gather
from cfp.conference.service.editions import Basics, create_edition
from cfp.db import db as database
from cfp.tickets.models import Diet, Ticket
from tests.catering.kitchens import fill_kitchen, make_kitchen, make_past
from tests.make import make_conference, make_member
from tests.tickets.selling import make_product, make_quota, make_shop, place

AT = datetime(2027, 6, 1, tzinfo=UTC)


@pytest.fixture
def before(db):
    """Two days in May 2027, with all of its sales."""
    conference = make_conference(slug="snow-2027")
    fill_kitchen(conference, days_before=0)
    return conference


def after(before, **more):
    starts_on = before.starts_on + timedelta(364)
    return make_conference(
        slug="snow-2028", starts_on=starts_on, ends_on=starts_on + timedelta(1), **more
    )


def foretell(conference, low, likely, high):
    """Kept forecasts, 30, 14 and 7 days before."""
    for days in (31, 14, 7):
        on = conference.starts_on - timedelta(days)
        numbers = {"sold": 100, "q10": low, "q50": likely, "q90": high}
        made = {"made_on": on, "model": "kitchen-1", "inputs_hash": "0", "result": {"meals": []}}
        database.session.add(ForecastSnapshot(conference_id=conference.id, **made, **numbers))
    database.session.flush()


def known(conference):
    on = conference.starts_on - timedelta(40)
    return gather(conference, setting_up.find_kitchen(conference), on)


def test_a_clone_follows_the_edition_that_it_takes_after(before):
    kitchen = setting_up.find_kitchen(before)
    kitchen.appetite, kitchen.capacity = 1100, 400
    person = make_member(before, Role.ORGANISER)
    basics = Basics("Snow 2028", date(2028, 5, 8), date(2028, 5, 9))
    new = create_edition("snow-2028", basics, reserved=(), by=person, at=AT, source=before)
    cloned = setting_up.find_kitchen(new)
    assert (cloned.follows_id, cloned.appetite, cloned.capacity) == (before.id, 1100, 400)
    assert (cloned.codes, cloned.steps, cloned.target) == (0, [], None)
    found = database.session.scalars(looking.queries.meals(new.id)).all()
    assert [meal.served_on for meal in found] == [date(2028, 5, 8), date(2028, 5, 9)]
    assert {meal.caterer.name for meal in found} == {"Good Soup"}


def test_a_clone_of_an_edition_without_a_kitchen_has_none(db):
    bare = make_conference(slug="bare")
    person = make_member(bare, Role.ORGANISER)
    basics = Basics("Bare 2028", date(2028, 5, 8), date(2028, 5, 9))
    new = create_edition("bare-2028", basics, reserved=(), by=person, at=AT, source=bare)
    assert setting_up.find_kitchen(new) is None


def test_what_was_sold_before_and_what_it_knew_of_its_past_is_history(before):
    new = after(before)
    make_kitchen(new, follows_id=before.id)
    earlier = known(new).earlier
    assert [one.final for one in earlier] == [239, 279, 310]
    assert earlier[-1].name == before.name
    assert [round(one.age) for one in earlier] == [3, 2, 1]


def test_a_file_of_ones_own_comes_before_what_another_edition_knew(sqlite_house, before):
    new = after(before)
    make_kitchen(new, follows_id=before.id)
    make_past(new, final=300, years=1)
    assert [one.final for one in known(new).earlier] == [239, 279, 300]


def test_forecasts_are_judged_as_they_were_said(sqlite_house, before):
    foretell(before, 290, 305, 320)
    new = after(before)
    make_kitchen(new, follows_id=before.id)
    said = [one for one in known(new).judged if one.said]
    assert [(one.name, one.days) for one in said] == [(before.name, d) for d in (30, 14, 7)]
    assert {(one.kept.low, one.kept.truth) for one in said} == {(290, 310)}
    again = [one for one in known(new).judged if not one.said]
    assert before.name not in {one.name for one in again}
    assert known(new).widen == 1.0


def test_forecasts_that_missed_widen_those_of_the_next_edition(sqlite_house, before):
    new = after(before)
    make_kitchen(new, follows_id=before.id)
    trusted = known(new).widen
    foretell(before, 200, 210, 220)
    missed = known(new)
    assert trusted == 1.0
    assert missed.widen > 1.0
    snapshot = looking.look_ahead(new, setting_up.find_kitchen(new), AT + timedelta(300))
    assert snapshot.result["record"]["widen"] == pytest.approx(missed.widen)
    assert snapshot.result["record"]["coverage"] < 0.7


def test_what_people_told_to_eat_moves_the_shares_of_the_next_edition(before):
    make_shop(before)
    place(before, make_product(before, make_quota(before, 50)), 20)
    tickets = database.session.scalars(sa.select(Ticket)).all()
    for ticket in tickets:
        ticket.diet = Diet.VEGAN
    database.session.flush()
    new = after(before)
    alone = make_kitchen(new)
    assert known(new).eaten == pytest.approx(USUAL)
    alone.follows_id = before.id
    tickets[0].allergies, tickets[1].allergies = "ZÖLIAKIE", "Nuts; no Gluten, please"
    tickets[1].diet = None
    database.session.flush()
    (told,) = sales.earlier_diets(new)
    assert (told.by_diet, round(told.age)) == ({"vegan": 18, "gluten_free": 2}, 1)
    assert known(new).eaten["vegan"] > USUAL["vegan"]


def test_what_meals_have_taught_is_known_to_the_kitchen_that_follows(before):
    setting_up.find_kitchen(before).appetite = 1150
    new = after(before)
    values = {"codes": 0, "codes_claimed": 0, "young_percent": 15, "older_percent": 10}
    person = make_member(new, Role.ORGANISER)
    kitchen = setting_up.save_kitchen(new, values | {"follows_id": before.id}, by=person, at=AT)
    assert setting_up.factor_of(kitchen) == 1.15
