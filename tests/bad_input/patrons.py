"""The sponsors of the world: one in every state that shows a form, and one of another edition."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import sqlalchemy as sa
from PIL import Image

from cfp.billing.models import Seller
from cfp.billing.service.account import set_account
from cfp.conference.models import Conference
from cfp.db import db
from cfp.people.models import Person
from cfp.sponsors import queries
from cfp.sponsors.links import token_of
from cfp.sponsors.models import Agreement, Benefit, BenefitKind, Ground, Level
from cfp.sponsors.service import applications, booths, logos, places, register, settings
from cfp.sponsors.service import benefits as promises
from cfp.sponsors.service.applications import Applicant
from cfp.sponsors.service.payment import receive_gift
from cfp.submissions.models import Talk, TalkState
from tests.make import make_person
from tests.sponsors.dealing import (
    NOW,
    benefit_of,
    make_booth,
    make_level,
    make_offer,
    make_signed,
    make_sponsor,
    pay,
)

if TYPE_CHECKING:
    from tests.bad_input.world import World

FAR_AWAY = 900  # no id of ours


def a_logo() -> bytes:
    target = BytesIO()
    Image.new("RGB", (400, 200), "red").save(target, "PNG")
    return target.getvalue()


def deal(world: World) -> None:
    """New, waiting, offered, signed with a gift, paid with something delivered; a free booth."""
    here, by = world.here, make_person("Patrik Patron")
    gold, spare = make_level(here, cap=9), make_level(here, name="Spare")
    new = make_sponsor(here, "New")
    register.add_contact(new, "Second", "second@example.org", by=by, at=NOW)
    places.wait(spare, new, by=by, at=NOW)
    logos.send(new, a_logo(), Ground.ANY, by=by, at=NOW)
    free, taken = make_booth(here, "A1"), make_booth(here, "A2")
    offered = make_offer(gold)
    gifts = [("Bags", 10_000), ("Coffee", 10_000)]
    signed = make_signed(gold, gifts=gifts, sponsor=make_sponsor(here, vat_id="DE136695976"))
    receive_gift(signed.gifts[1], "", by=by, at=NOW)
    paid = pay(make_signed(gold), source="bank:patron")
    booths.hold(taken, paid, by=by, at=NOW)
    promises.deliver(benefit_of(paid), by=by, at=NOW)
    for one in (offered, signed):
        contact = one.sponsor.contacts[0]
        desk = f"/here/sponsor/{contact.code}/{token_of(contact)}/"
        world.letters += [desk, f"{desk}company"]
    register.add_contact(signed.sponsor, "Third", "third@example.org", by=by, at=NOW)
    ask(here, gold, "Asks")
    make_level(world.begun, name="Silver")
    pays_the_way(here)
    db.session.add(Seller(conference_id=here.id, name="Seitenbuehne", tax_number="1", **SEAT))
    set_account(here, holder="", iban="DE89370400440532013000", bic="")
    db.session.flush()
    assert free.agreement_id is None
    assert signed.receivable is not None


SEAT = {
    "prefix": "FB27-",
    "street": "Am Kanal 1",
    "city": "Berlin",
}


def pays_the_way(edition: Conference) -> None:
    """The employer of somebody who comes may be named."""
    confirmed = sa.select(Talk).where(
        Talk.conference_id == edition.id, Talk.state == TalkState.CONFIRMED
    )
    talk = db.session.scalars(confirmed.order_by(Talk.id).limit(1)).one()
    talk.submission.travel_sponsor = True
    db.session.get_one(Person, talk.submission.created_by_id).employer = "Windhaus GmbH"


def ask(edition: Conference, level: Level, company: str) -> None:
    """Somebody asks to sponsor on the public page."""
    settings.sponsoring_of(edition).is_open = True
    who = Applicant(company, "Ada", f"{company.lower()}@example.org")
    applications.apply(edition, level, who, at=NOW)


def deal_there(there: Conference) -> None:
    """One deal of another edition, with ids that none of ours has."""
    signed = make_signed(make_level(there), gifts=[("Bags", 10_000)])
    signed.gifts[0].id = FAR_AWAY
    entry = places.wait(make_level(there, name="Spare"), signed.sponsor, by=None, at=NOW)
    entry.id = FAR_AWAY
    make_booth(there)
    ask(there, signed.level, "There")
    logos.send(signed.sponsor, a_logo(), Ground.ANY, by=None, at=NOW)
    db.session.flush()


def dealt_in(edition: Conference) -> dict[str, list[str]]:
    """By which names addresses find the sponsors of an edition, and what is theirs."""
    sponsors = db.session.scalars(queries.sponsors(edition)).all()
    agreements = (
        db.session.query(Agreement).filter_by(conference_id=edition.id).order_by("id").all()
    )
    benefits = (
        db.session.query(Benefit)
        .filter(
            Benefit.agreement_id.in_([one.id for one in agreements]),
            Benefit.kind.in_([BenefitKind.LOGO, BenefitKind.BOOTH]),
        )
        .order_by(Benefit.id)
    )
    return {
        "sponsor": [one.code for one in sponsors],
        "application": [one.code for one in db.session.scalars(queries.applications(edition))],
        "contact": [contact.code for one in sponsors for contact in one.contacts],
        "logo": [logo.code for one in sponsors for logo in one.logos],
        "agreement": [one.code for one in agreements],
        "gift_id": [str(gift.id) for one in agreements for gift in one.gifts],
        "waiting_id": [str(e.id) for e in db.session.scalars(queries.all_waiting(edition))],
        "level": [one.code for one in db.session.scalars(queries.levels(edition))],
        "benefit": [one.code for one in benefits],
        "booth": [one.code for one in db.session.scalars(queries.booths(edition))],
    }
