"""The past comes in: files of earlier editions' sales, kept once and forgotten on demand."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cfp.access import Role
from cfp.catering.forecast.noshow import TicketClass
from cfp.catering.models import PastSale
from cfp.catering.service import history
from cfp.catering.sold import Sale
from cfp.errors import Refused
from tests.catering.kitchens import make_past
from tests.make import make_conference, make_member
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
