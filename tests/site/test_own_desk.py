"""The speaker's desk says when one is on stage, once a schedule is out, and where the ticket is."""

import time_machine

from cfp.db import db as database
from cfp.submissions.models import Outcome
from cfp.tickets.models import DueTo, Entitlement
from cfp.tickets.service import checkout, entitlements
from tests.make import make_conference, make_talk
from tests.site.released import HERE, released, talk_named
from tests.tickets.selling import MILA, NOW, hold, make_product, make_quota, make_shop

WHEN = "09:00\N{EN DASH}09:40"


def test_the_own_slot_stands_there_with_a_way_into_ones_calendar(client):
    edition = released()
    talk = talk_named("Talk 0")
    speaker = talk.submission.speakers[0]
    decision = talk.submission.decision
    decision.told_at, decision.told_outcome, speaker.confirmed_at = NOW, Outcome.ACCEPT, NOW
    waiting = make_talk(edition, title="Not placed", speakers=[speaker.person])
    visitor = client(speaker.person)
    page = visitor.get(f"{HERE}/proposals/{talk.submission.code}/").text
    assert "Monday, 10 May" in page
    assert WHEN in page
    assert "Room 0" in page
    assert f"{HERE}/talk/{talk.code}.ics" in page
    desk = visitor.get(f"{HERE}/my/").text
    assert f"{HERE}/speaker/{speaker.person.code}/talks.ics" in desk
    assert desk.count(WHEN) == 1
    page = visitor.get(f"{HERE}/proposals/{waiting.submission.code}/").text
    assert ".ics" not in page


def test_the_own_free_ticket_is_offered_until_it_is_taken(client):
    shop = make_conference(slug="here")
    make_shop(shop)
    free = {"tiers": [("Free", 0, None, None)], "needs_voucher": True, "due_to": DueTo.SPEAKER}
    product = make_product(shop, make_quota(shop), name="Speaker", **free)
    talk = make_talk(shop)
    speaker = talk.submission.speakers[0]
    speaker.confirmed_at = NOW
    entitlements.issue_due(NOW)
    due = database.session.query(Entitlement).one()
    with time_machine.travel(NOW, tick=False):
        visitor = client(speaker.person)
        page = visitor.get("/here/my/").text
        assert "A ticket is yours: Speaker." in page
        assert f"?voucher={due.voucher.word}" in page
        order = hold(shop, product, voucher=due.voucher.word)
        checkout.bill_to(order, MILA, at=NOW)
        checkout.place(order, order.method or checkout.Method.TRANSFER, at=NOW)
        page = visitor.get("/here/my/").text
    assert "Your ticket: Speaker." in page
    assert f"/here/orders/{order.code}/" in page
