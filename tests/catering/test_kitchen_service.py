"""The kitchen in the database: looking ahead, ordering, reporting, and the past that comes in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from cfp.access import Role
from cfp.catering import queries, sales, tasks
from cfp.catering.forecast.noshow import TicketClass
from cfp.catering.models import ForecastSnapshot, Meal, MealReport, OrderSheet, PastSale
from cfp.catering.service import looking, ordering, record, setting_up
from cfp.catering.service.gathering import gather
from cfp.db import db as database
from cfp.errors import Refused
from cfp.tickets.models import Shop
from tests.catering.kitchens import (
    fill_kitchen,
    make_caterer,
    make_kitchen,
    make_meal,
)
from tests.make import make_conference, make_member
from tests.tickets.selling import make_product, make_quota, make_shop, place
from tests.visitor import rows

FORTY_DAYS_BEFORE = datetime(2027, 3, 31, 12, 0, tzinfo=UTC)


@pytest.fixture
def conference(db):
    return make_conference()


@pytest.fixture
def organiser(conference):
    return make_member(conference, Role.ORGANISER)


@pytest.fixture
def caterer(conference):
    return fill_kitchen(conference)


def look(conference, at=FORTY_DAYS_BEFORE, **more):
    return looking.look_ahead(conference, setting_up.find_kitchen(conference), at, **more)


def test_the_day_has_one_snapshot(conference, caterer):
    first = look(conference)
    assert look(conference, FORTY_DAYS_BEFORE + timedelta(hours=3)) is first
    assert look(conference, FORTY_DAYS_BEFORE + timedelta(days=1)).number == 1
    assert rows(ForecastSnapshot) == 2


def test_asked_again_it_looks_only_if_something_changed(sqlite_house, conference, caterer):
    first = look(conference)
    assert look(conference, again=True) is first
    setting_up.find_kitchen(conference).crew += 10
    assert look(conference, again=True).number == 2


def test_a_snapshot_cannot_be_changed(conference, caterer):
    snapshot = look(conference)
    with pytest.raises(DatabaseError), database.session.begin_nested():
        database.session.execute(
            sa.update(ForecastSnapshot).where(ForecastSnapshot.id == snapshot.id).values(sold=1)
        )


def test_what_is_sold_after_the_day_changes_no_byte(sqlite_house, conference, caterer):
    kitchen, on = setting_up.find_kitchen(conference), FORTY_DAYS_BEFORE.date()
    before = gather(conference, kitchen, on).digest()
    edition = database.session.scalars(queries.past_editions(conference.id)).first()
    late = FORTY_DAYS_BEFORE + timedelta(days=1)
    database.session.add(
        PastSale(edition_id=edition.id, ordered_at=late, kind=TicketClass.PAID, cents=1)
    )
    database.session.flush()
    assert gather(conference, kitchen, on).digest() == before
    assert gather(conference, kitchen, late.date()).digest() != before


def test_the_forecast_knows_what_was_sold_and_what_came_before(sqlite_house, conference, caterer):
    snapshot = look(conference)
    assert snapshot.sold == snapshot.result["points"][-1][1] > 100
    assert [one["final"] for one in snapshot.result["earlier"]] == [239, 279]
    assert snapshot.q10 < 310 < snapshot.q90
    assert len(snapshot.result["meals"]) == 2
    for meal in snapshot.result["meals"]:
        assert meal["low"] < meal["likely"] < meal["high"]
        assert sum(meal["diets"].values()) == meal["order"]


def test_each_lever_has_its_worth_on_the_caterers_day(sqlite_house, conference, caterer):
    worth = look(conference).result["levers"]
    assert set(worth) == {"step", "claims", "mail", "all"}
    assert worth["all"]["cents"] >= max(worth["step"]["cents"], worth["mail"]["cents"]) > 0


def test_tickets_that_are_sold_here_are_counted_instead_of_a_file(conference):
    make_shop(conference)
    product = make_product(conference, make_quota(conference, 50))
    make_kitchen(conference)
    place(conference, product, 3)
    known = gather(conference, setting_up.find_kitchen(conference), date(2027, 1, 20))
    assert known.situation.sold == 3
    assert date(2027, 2, 1) in [
        conference.starts_on - timedelta(days=d) for d in known.situation.steps
    ]


def test_a_day_pass_counts_on_its_day(conference):
    make_shop(conference)
    second = conference.ends_on.isoformat()
    product = make_product(conference, make_quota(conference, 50), name="Day 2", days=[second])
    make_kitchen(conference)
    place(conference, product, 2)
    known = gather(conference, setting_up.find_kitchen(conference), date(2027, 1, 20))
    assert {(one.held, one.days) for one in known.channels if one.kind is TicketClass.PAID} == {
        (0, frozenset()),
        (2, frozenset({1})),
    }


def test_the_edition_before_is_read_where_it_was_sold(conference):
    before = make_shop(make_conference(starts_on=date(2027, 2, 20), ends_on=date(2027, 2, 21)))
    place(before, make_product(before, make_quota(before, 50)), 2)
    make_kitchen(conference, follows_id=before.id)
    found = sales.earlier(conference, [])
    assert [(one.name, len(one.sales)) for one in found] == [(before.name, 2)]


def test_editions_that_follow_each_other_in_a_circle_end(conference):
    other = make_conference()
    make_kitchen(conference, follows_id=other.id)
    make_kitchen(other, follows_id=conference.id)
    assert sales.earlier(conference, []) == []


def test_an_order_is_a_numbered_version(conference, caterer, organiser, now):
    first = ordering.order(conference, caterer, look(conference), "", by=organiser, at=now)
    with pytest.raises(Refused, match="Nothing has changed"):
        ordering.order(conference, caterer, look(conference), "", by=organiser, at=now)
    setting_up.find_kitchen(conference).crew += 30
    seen = look(conference, again=True)
    second = ordering.order(conference, caterer, seen, "", by=organiser, at=now)
    assert (first.number, second.number) == (1, 2)
    changes = ordering.differences(first, second)
    assert {(one.before, one.after) for one in changes if not one.diet} <= {
        (a["order"], b["order"]) for a, b in zip(first.lines, second.lines, strict=True)
    }
    assert changes
    assert ordering.differences(second, second) == []


def test_nothing_can_be_ordered_before_a_look_ahead(conference, caterer, organiser, now):
    with pytest.raises(Refused, match="Look ahead first"):
        ordering.order(conference, caterer, None, "", by=organiser, at=now)


def test_an_order_becomes_a_pdf_once(conference, caterer, organiser, now):
    sheet = ordering.order(
        conference, caterer, look(conference), "No nuts.", by=organiser, at=now, language="de"
    )
    database.session.commit()
    made = tasks.paper(None, conference_id=conference.id, sheet=sheet.code)
    assert made["bytes"] > 1000
    assert tasks.paper(None, conference_id=conference.id, sheet=sheet.code) == {}
    pdf = database.session.scalar(sa.select(OrderSheet.pdf).where(OrderSheet.id == sheet.id))
    assert pdf.startswith(b"%PDF")


def test_the_page_of_an_order_says_all_of_it(conference, caterer, organiser, now):
    sheet = ordering.order(
        conference, caterer, look(conference), "No <nuts>.", by=organiser, at=now, language="de"
    )
    page = tasks.page_of(sheet)
    assert "Bestellung an Good Soup" in page
    asked = sheet.lines[0]["order"]
    for number in (asked - 10, asked, asked + 10):  # billed at least, ordered, served up to
        assert f">{number}<" in page
    assert "No &lt;nuts&gt;." in page


def test_a_meal_that_ran_out_makes_the_next_order_larger(
    sqlite_house, conference, caterer, organiser, now
):
    kitchen = setting_up.find_kitchen(conference)
    before, meal = setting_up.factor_of(kitchen), caterer.meals[0]
    said = {"heads": 301, "left_percent": 0, "missing_percent": 10, "note": ""}
    ordering.report(meal, kitchen, said, by=organiser, at=now)
    ordering.report(meal, kitchen, said, by=organiser, at=now)  # said twice is said once
    assert setting_up.factor_of(kitchen) == pytest.approx(before * 1.05, abs=0.001)
    assert rows(MealReport) == 1


def test_food_cannot_be_left_and_missing(conference, caterer, organiser, now):
    said = {"heads": 1, "left_percent": 5, "missing_percent": 5, "note": ""}
    with pytest.raises(Refused, match="not both"):
        ordering.report(caterer.meals[0], None, said, by=organiser, at=now)


def test_the_number_is_due_working_days_before_the_first_meal(conference):
    """The conference begins on Monday, 10 May 2027; the sixth is Ascension Day."""
    caterer = make_caterer(conference, working_days=5)
    assert setting_up.due_on(caterer) is None
    make_meal(conference, caterer)
    database.session.expire_all()
    assert setting_up.due_on(caterer) == date(2027, 4, 30)


def test_the_shop_knows_the_caterers_day(conference, organiser, now):
    make_shop(conference)
    caterer = make_caterer(conference, working_days=5)
    values = {
        "name": "Lunch",
        "caterer_id": caterer.id,
        "served_on": conference.starts_on,
        "price_cents": 2800,
        "present_percent": 95,
        "eat_percent": 97,
    }
    setting_up.save_meal(conference, None, values, organiser, now)
    shop = database.session.scalars(sa.select(Shop)).one()
    assert shop.catering_due_at == datetime(2027, 4, 30, 21, 59, 59, tzinfo=UTC)


def test_a_caterer_who_cooks_stays(conference, caterer, organiser, now):
    with pytest.raises(Refused):
        setting_up.remove_caterer(caterer, by=organiser, at=now)
    other = make_caterer(conference, "Cold Plates")
    setting_up.remove_caterer(other, by=organiser, at=now)
    assert rows(type(other)) == 1


def test_a_meal_goes_and_its_orders_stay(conference, caterer, organiser, now):
    ordering.order(conference, caterer, look(conference), "", by=organiser, at=now)
    setting_up.remove_meal(caterer.meals[0], by=organiser, at=now)
    assert (rows(Meal), rows(OrderSheet)) == (1, 1)


def test_a_second_caterer_of_the_name_is_refused(conference, caterer, organiser, now):
    values = {"name": caterer.name, "land": "DE-BE"}
    with pytest.raises(Refused, match="already"):
        setting_up.save_caterer(conference, None, values, organiser, now)


def test_a_land_that_nobody_knows_is_refused(conference, organiser, now):
    with pytest.raises(Refused) as refused:
        setting_up.save_caterer(conference, None, {"name": "X", "land": "XX"}, organiser, now)
    assert refused.value.field == "land"


def test_the_worker_looks_ahead_once_a_day_where_there_is_a_kitchen(
    conference, caterer, monkeypatch
):
    make_conference()  # without a kitchen
    monkeypatch.setattr(tasks.clock, "now", lambda: FORTY_DAYS_BEFORE)
    database.session.commit()
    assert (tasks.daily(), tasks.daily()) == (1, 0)
    back = FORTY_DAYS_BEFORE + timedelta(days=4)  # the worker was down for three days
    monkeypatch.setattr(tasks.clock, "now", lambda: back)
    assert (tasks.daily(), tasks.daily(), rows(ForecastSnapshot)) == (1, 0, 2)
    monkeypatch.setattr(tasks.clock, "now", lambda: FORTY_DAYS_BEFORE - timedelta(days=900))
    assert tasks.daily() == 0


def test_afterwards_the_ledger_says_how_far_off_it_was(sqlite_house, conference, caterer):
    """Where there was no look on the day itself, the last one before it is judged."""
    doors = conference.starts_on
    for days in (33, 16, 7):
        at = datetime.combine(doors - timedelta(days=days), datetime.min.time(), UTC)
        look(conference, at + timedelta(hours=9))
    before = record.ledger(conference)
    assert [(entry.days, entry.truth) for entry in before.entries] == [
        (33, None),
        (16, None),
        (7, None),
    ]
    assert before.record is None
    look(conference, datetime.combine(doors, datetime.min.time(), UTC) + timedelta(hours=20))
    found = record.ledger(conference)
    assert {entry.truth for entry in found.entries} == {
        database.session.scalars(queries.daily_snapshots(conference.id)).all()[-1].sold
    }
    assert found.record.forecasts == 3
