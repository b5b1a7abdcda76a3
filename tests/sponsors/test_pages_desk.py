"""A sponsor's way, by its own link: read, sign, choose, pay, and get what was promised."""

import re

import pytest
import time_machine

from cfp.access import Role
from cfp.billing.words import blocks
from cfp.conference.models import Conference
from cfp.db import db as database
from cfp.db import transaction
from cfp.sponsors.links import token_of
from cfp.sponsors.models import AgreementState, BenefitKind, BenefitState, Sponsoring
from cfp.sponsors.service import logos, register, vouchers
from cfp.sponsors.service.settings import sponsoring_of
from tests.bad_input.patrons import a_logo
from tests.make import make_conference, make_member
from tests.sponsors.dealing import (
    NOW,
    benefit_of,
    make_booth,
    make_level,
    make_offer,
    make_signed,
    pay,
)
from tests.tickets.selling import make_product, make_shop


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def desk_of(agreement):
    contact = agreement.sponsor.contacts[0]
    return f"/{agreement.conference.slug}/sponsor/{contact.code}/{token_of(contact)}/"


def keep():
    with transaction():
        pass


def test_a_sponsor_signs_by_its_link_and_the_trail_says_from_where(client, house):
    agreement = make_offer()
    keep()
    visitor = client()
    page = visitor.get(desk_of(agreement))
    assert "Sponsoring agreement" in page.text
    seen = re.search(r'name="seen"[^>]*value="([0-9a-f]{64})"', page.text)[1]
    said = {"name": "Mila Sommer", "office": "Marketing", "seen": seen}
    visitor.post(f"{desk_of(agreement)}sign", said)
    database.session.expire_all()
    assert agreement.state is AgreementState.SIGNED
    assert (agreement.signature.name, agreement.signature.address) == ("Mila Sommer", "127.0.0.1")
    assert blocks(agreement.receivable.reference) in visitor.get(desk_of(agreement)).text


def test_a_link_of_another_or_an_old_one_opens_nothing(client, house):
    agreement = make_offer()
    other = make_offer(agreement.level)
    keep()
    right, contact = desk_of(agreement), agreement.sponsor.contacts[0]
    foreign = token_of(other.sponsor.contacts[0])
    for wrong in (right.replace(token_of(contact), foreign), right[:-2] + "/"):
        assert client().browser.get(wrong).status_code == 404
    register.change_link(contact, by=None, at=NOW)
    keep()
    assert client().browser.get(right).status_code == 404
    assert client().browser.get(desk_of(agreement)).status_code == 200


def test_a_sponsor_chooses_a_free_booth_and_claims_its_talk(client, house):
    agreement = make_signed()
    booth = make_booth(agreement.conference)
    talk = benefit_of(agreement, BenefitKind.TALK)
    keep()
    visitor = client()
    visitor.get(desk_of(agreement))
    visitor.post(f"{desk_of(agreement)}booth", {"booth": booth.code})
    visitor.post(f"{desk_of(agreement)}claim/{talk.code}", {"claim": "About wind"})
    database.session.expire_all()
    assert (booth.agreement_id, talk.claim) == (agreement.id, "About wind")


def test_a_logo_is_on_the_site_when_it_is_accepted_and_paid_and_not_before(client, house):
    agreement = make_signed()
    organiser = make_member(agreement.conference, Role.ORGANISER)
    logos.send(agreement.sponsor, a_logo(), logos.Ground.ANY, by=None, at=NOW)
    logo = agreement.sponsor.logos[0]
    keep()
    address = f"/{agreement.conference.slug}/sponsors/logos/{logo.code}"
    front = f"/{agreement.conference.slug}/"
    logos.accept(logo, by=organiser, at=NOW)
    keep()
    assert client().browser.get(address).status_code == 404
    assert logo.code not in client().get(front).text
    pay(agreement)
    logos.show_due(NOW)
    keep()
    assert benefit_of(agreement).state is BenefitState.DELIVERED
    shown = client().browser.get(address)
    assert (shown.status_code, shown.mimetype) == (200, "image/png")
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert logo.code in client().get(front).text


def test_tickets_are_one_voucher_for_exactly_as_many_once_it_is_paid(db):
    conference = make_shop(make_conference())
    plan: Sponsoring = sponsoring_of(conference)
    plan.ticket_product_id = make_product(conference).id
    agreement = make_signed(make_level(conference))
    assert vouchers.issue_due(NOW) == 0
    pay(agreement)
    assert (vouchers.issue_due(NOW), vouchers.issue_due(NOW)) == (1, 0)
    voucher = vouchers.of(agreement)[benefit_of(agreement, BenefitKind.TICKETS).id]
    assert (voucher.at_most, voucher.value, len(voucher.word) > 15) == (4, 0, True)
    vouchers.withdraw(agreement, NOW)
    database.session.refresh(voucher)
    assert voucher.at_most == 0
    assert vouchers.of(agreement) == {}


def test_the_public_page_says_what_is_left_only_when_it_invites(client, house):
    level = make_level(cap=3)
    conference = database.session.get_one(Conference, level.conference_id)
    plan = sponsoring_of(conference)
    keep()
    address = f"/{conference.slug}/sponsors/"
    assert "Gold" not in client().get(address).text
    plan.is_open = True
    keep()
    page = client().get(address).text
    assert "3 left" in page
    assert "5,000.00" in page


def test_an_offer_made_on_the_page_is_mailed_with_the_link(client, house):
    from cfp.mail.models import Message  # noqa: PLC0415
    from tests.sponsors.dealing import make_sponsor  # noqa: PLC0415

    level = make_level()
    conference = database.session.get_one(Conference, level.conference_id)
    organiser = make_member(conference, Role.ORGANISER)
    sponsor = make_sponsor(conference)
    keep()
    visitor = client(organiser)
    address = f"/{conference.slug}/team/sponsors/{sponsor.code}/offer"
    visitor.get(address)
    said = {"level": level.code, "price": "4500.00", "net_days": "14", "promises": "logo: Logo"}
    visitor.post(address, said | {"valid_until": "2027-02-01T23:59"})
    message = database.session.query(Message).filter_by(kind="sponsor_offer").one()
    assert message.to == "mila@example.org"
    assert token_of(sponsor.contacts[0]) in message.body
