"""The past comes in: files of earlier editions' sales, kept once and forgotten on demand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from cfp.access import Role
from cfp.catering.forecast.noshow import TicketClass
from cfp.catering.models import PastSale
from cfp.catering.service import history
from cfp.catering.sold import Sale
from cfp.errors import Refused
from cfp.tickets.service.statistics import curves
from tests.catering.kitchens import make_kitchen, make_past
from tests.make import make_conference, make_member
from tests.tickets.selling import make_product as make_ticket
from tests.tickets.selling import make_shop, place
from tests.visitor import rows


@pytest.fixture
def conference(db):
    return make_conference()


@pytest.fixture
def organiser(conference):
    return make_member(conference, Role.ORGANISER)


def test_a_file_for_the_same_day_replaces_what_was_there(conference, organiser, now):
    values = {"name": "2026", "starts_on": date(2026, 5, 4), "steps": [], "sold_out": False}
    sale = Sale(datetime(2026, 3, 1, tzinfo=UTC), TicketClass.PAID, 100)
    for count in (3, 5):
        history.keep(conference, None, values, [sale] * count, by=organiser, at=now)
    assert rows(PastSale) == 5


def test_sales_of_another_year_are_refused(conference, organiser, now):
    values = {"name": "2026", "starts_on": date(2026, 5, 4), "steps": [], "sold_out": False}
    sale = Sale(datetime(2020, 3, 1, tzinfo=UTC), TicketClass.PAID, 100)
    with pytest.raises(Refused) as refused:
        history.keep(conference, None, values, [sale], by=organiser, at=now)
    assert refused.value.field == "starts_on"


def test_a_forgotten_edition_is_gone(conference, organiser, now):
    edition = make_past(conference, 20)
    history.remove(edition, by=organiser, at=now)
    assert rows(PastSale) == 0


def test_the_sales_curve_of_the_shop_shows_editions_that_were_sold_elsewhere(conference, organiser):
    make_shop(conference)
    place(conference, make_ticket(conference), 2)
    for years, final in ((1, 40), (2, 30), (0, 9)):
        make_past(conference, final, years)
    here, last, before = curves(organiser, conference)
    assert (here.name, here.points[-1][1]) == (conference.name, 2)
    assert [(one.name, one.points[-1][1]) for one in (last, before)] == [
        (str(conference.starts_on.year - 1), 40),
        (str(conference.starts_on.year - 2), 30),
    ]
    assert last.points[0][0] < last.points[-1][0] <= 0


def test_files_of_the_edition_before_count_and_what_was_sold_here_counts_before_a_file(
    conference, organiser
):
    year = timedelta(days=364)
    days = {"starts_on": conference.starts_on - year, "ends_on": conference.ends_on - year}
    before = make_conference(name="Last year", **days)
    make_kitchen(conference, follows_id=before.id)
    for years, final in ((0, 40), (1, 30)):
        make_past(before, final, years)
    place(make_shop(conference), make_ticket(conference))
    assert [one.points[-1][1] for one in curves(organiser, conference)] == [1, 40, 30]
    make_member(before, Role.ORGANISER, organiser)
    place(make_shop(before), make_ticket(before), 3)
    assert [one.points[-1][1] for one in curves(organiser, conference)] == [1, 3, 30]
