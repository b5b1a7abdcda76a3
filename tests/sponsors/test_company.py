"""A sponsor looks after itself on its own pages: address, colleagues, invoices, deadlines."""

import pytest
import sqlalchemy as sa
import time_machine

from cfp.billing import service as billing
from cfp.db import db as database
from cfp.db import transaction
from cfp.mail.models import Message
from cfp.sponsors import queries
from cfp.sponsors.links import token_of
from cfp.sponsors.models import Contact
from cfp.sponsors.service import invoicing, register
from cfp.sponsors.service.deadlines import deadlines
from tests.billing.made import make_seller, plain
from tests.make import make_conference
from tests.sponsors.dealing import NOW, make_level, make_offer, make_signed, pay, sign
from tests.sponsors.test_pages_desk import desk_of


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def invoiced():
    conference = make_conference(city="Berlin")
    make_seller(conference)
    agreement = make_signed(make_level(conference))
    draft = database.session.scalars(invoicing.draft_of(agreement)).one()
    billing.issue(draft.id, NOW, render=plain)
    with transaction():
        return agreement


def test_a_sponsor_takes_its_own_invoice_along_and_nobody_elses(client, house):
    mine = invoiced()
    theirs = make_signed(mine.level)
    with transaction():
        pass
    visitor = client()
    assert "FB27-0001" in visitor.get(desk_of(mine)).text
    [invoice] = database.session.scalars(queries.invoices_to(mine.sponsor)).all()
    got = visitor.browser.get(f"{desk_of(mine)}invoices/{invoice.code}/pdf")
    assert (got.status_code, got.data) == (200, b"PDF FB27-0001")
    for wrong in (f"{desk_of(theirs)}invoices/{invoice.code}/pdf", f"{desk_of(mine)}papers/scan"):
        assert visitor.browser.get(wrong).status_code == 404


def test_a_sponsor_changes_its_address_but_not_what_decides_the_tax(client, house):
    agreement = make_offer()
    with transaction():
        pass
    visitor, url = client(), f"{desk_of(agreement)}company"
    visitor.get(url)
    said = {"legal_name": "Seitenwind AG", "street": "Neu 2", "city": "Bonn", "country": "US"}
    visitor.post(url, said)
    database.session.expire_all()
    sponsor = agreement.sponsor
    assert (sponsor.legal_name, sponsor.city, sponsor.country) == ("Seitenwind AG", "Bonn", "DE")
    assert "Am Kanal 1" in agreement.text


def test_a_colleague_gets_a_link_of_their_own_and_loses_it_when_taken_off(client, house):
    agreement = make_offer()
    with transaction():
        pass
    visitor, desk = client(), desk_of(agreement)
    visitor.get(f"{desk}company")
    visitor.post(f"{desk}colleagues", {"contact_name": "Bo", "email": "bo@example.org"})
    bo = database.session.scalars(sa.select(Contact).where(Contact.name == "Bo")).one()
    letter = database.session.scalars(sa.select(Message).where(Message.to == bo.email)).one()
    assert token_of(bo) in letter.body
    own = f"/{agreement.conference.slug}/sponsor/{bo.code}/{token_of(bo)}/"
    assert visitor.browser.get(own).status_code == 200
    me = agreement.sponsor.contacts[0]
    visitor.post(f"{desk}colleagues/{me.code}/remove", {}, status=409)
    visitor.post(f"{desk}colleagues/{bo.code}/remove", {})
    assert visitor.browser.get(own).status_code == 404


def test_a_sponsor_has_no_more_colleagues_than_can_be_told_apart(db):
    sponsor = make_offer().sponsor
    of = sponsor.contacts[0]
    for number in range(register.MOST_CONTACTS - 1):
        register.add_colleague(of, "Bo", f"bo{number}@example.org", "", at=NOW)
    with pytest.raises(register.Refused):
        register.add_colleague(of, "Bo", "bo@example.org", "", at=NOW)


def test_what_is_due_is_what_is_still_open_the_nearest_first(db):
    agreement = make_offer()
    promised = database.session.scalars(queries.benefits_of(agreement)).all()
    assert [one.what for one in deadlines(agreement, promised, NOW)] == ["Sign the agreement"]
    sign(agreement)
    found = deadlines(agreement, promised, NOW)
    assert [one.what for one in found] == [
        "Pay the invoice",
        "Say what you want of: Talk of 10 minutes",
    ]
    pay(agreement)
    assert len(deadlines(agreement, promised, NOW)) == 1
