"""Free tickets that are due: given once, to those who have a right to them, claimed by a day."""

from datetime import timedelta

import pytest

from cfp.access import Role
from cfp.db import db as database
from cfp.tickets.models import DueTo, Entitlement, Shop
from cfp.tickets.service import entitlements
from tests.make import make_member, make_talk
from tests.tickets.selling import NOW, hold, letters, make_product
from tests.visitor import rows


@pytest.fixture
def speaker_ticket(shop, hall):
    free = [("Free", 0, None, None)]
    return make_product(
        shop, hall, name="Speaker", tiers=free, needs_voucher=True, due_to=DueTo.SPEAKER
    )


@pytest.fixture
def talk(shop):
    talk = make_talk(shop)
    talk.submission.speakers[0].confirmed_at = NOW
    database.session.flush()
    return talk


def test_a_speaker_who_said_yes_gets_one_ticket_however_often_it_is_asked(
    shop, speaker_ticket, talk
):
    assert [entitlements.issue_due(NOW) for _ in range(3)] == [1, 0, 0]
    given = database.session.query(Entitlement).one()
    assert given.person == talk.submission.speakers[0].person
    assert letters() == ["free_ticket"]
    order = hold(shop, speaker_ticket, voucher=given.voucher.word)
    assert (order.cents, given.voucher.used) == (0, 1)


def test_who_has_not_answered_gets_nothing_yet(shop, speaker_ticket):
    make_talk(shop)
    assert entitlements.issue_due(NOW) == 0


def test_the_crew_gets_its_own(shop, hall):
    make_product(shop, hall, name="Crew", needs_voucher=True, due_to=DueTo.CREW)
    make_member(shop, Role.CREW)
    assert entitlements.issue_due(NOW) == 1


def test_it_is_claimed_a_week_before_the_caterer_asks(shop, speaker_ticket, talk):
    database.session.query(Shop).one().catering_due_at = NOW + timedelta(days=30)
    entitlements.issue_due(NOW)
    assert database.session.query(Entitlement).one().voucher.claim_by == NOW + timedelta(days=23)
    assert rows(Entitlement) == 1
