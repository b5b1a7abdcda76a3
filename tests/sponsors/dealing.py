"""A sponsor to deal with: a level, a company, an offer, a signature, a payment."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from cfp.billing import service as billing
from cfp.billing.models import EntryKind, Method
from cfp.conference.models import Conference
from cfp.db import db
from cfp.sponsors import queries
from cfp.sponsors.models import Agreement, Benefit, BenefitKind, Booth, Level, Sponsor
from cfp.sponsors.service import offers, payment, register, settings, signing
from cfp.sponsors.service.booths import Drawing, Place, draw
from cfp.sponsors.service.offers import Terms
from cfp.sponsors.service.register import Company
from cfp.sponsors.service.settings import LevelTerms, Wish
from cfp.sponsors.service.signing import Signer
from tests.make import make_conference, make_person

NOW = datetime(2027, 1, 15, 12, 0, tzinfo=UTC)
PROMISES = (
    Wish(BenefitKind.LOGO, "Logo on the site"),
    Wish(BenefitKind.BOOTH, "Booth"),
    Wish(BenefitKind.TICKETS, "Tickets", 4),
    Wish(BenefitKind.TALK, "Talk of 10 minutes", 1, datetime(2027, 3, 1, 22, 59, 59, tzinfo=UTC)),
)
MILA = Signer("Mila Sommer", "Marketing", "mila@example.org", "203.0.113.7", "A browser")
_numbers = count(1)


def make_level(conference: Conference | None = None, **values: Any) -> Level:
    """Gold at 5,000 EUR without tax, with a logo, a booth, four tickets and a talk."""
    conference = conference or make_conference(city="Berlin")
    values = {"name": "Gold", "cents": 500_000, "promises": PROMISES} | values
    return settings.set_level(conference, None, LevelTerms(**values), by=None, at=NOW)


def make_sponsor(conference: Conference, name: str | None = None, **values: Any) -> Sponsor:
    values = {
        "name": name or f"Company {next(_numbers)}",
        "legal_name": "Seitenwind GmbH",
        "street": "Am Kanal 1",
        "postcode": "10999",
        "city": "Berlin",
    } | values
    sponsor = register.add(conference, Company(**values), by=None, at=NOW)
    register.add_contact(sponsor, "Mila Sommer", "mila@example.org", by=None, at=NOW)
    return sponsor


def make_offer(level: Level | None = None, at: datetime = NOW, **terms: Any) -> Agreement:
    level = level or make_level()
    conference = db.session.get_one(Conference, level.conference_id)
    sponsor = terms.pop("sponsor", None) or make_sponsor(conference)
    return offers.offer(sponsor, level, Terms(**terms), by=None, at=at)


def sign(agreement: Agreement, at: datetime = NOW, signer: Signer = MILA) -> Agreement:
    return signing.sign(agreement, signer, seen=agreement.text_hash, at=at)


def make_signed(level: Level | None = None, **terms: Any) -> Agreement:
    return sign(make_offer(level, **terms))


def pay(agreement: Agreement, cents: int | None = None, source: str = "bank:1") -> Agreement:
    """Money comes by the bank, and the worker hears of it."""
    owed = agreement.receivable.balance.cents if cents is None else cents
    kind, method = EntryKind.PAYMENT, Method.TRANSFER
    billing.move_money(agreement.receivable, kind, owed, method, NOW, source=source)
    payment.settle_due(NOW)
    return agreement


def benefit_of(agreement: Agreement, kind: BenefitKind = BenefitKind.LOGO) -> Benefit:
    found = db.session.scalars(queries.benefits_of(agreement)).all()
    return next(benefit for benefit in found if benefit.kind is kind)


def make_booth(conference: Conference, label: str = "A1", **values: Any) -> Booth:
    """The booths stand in a row; each has 3 by 2 metres."""
    number = len(db.session.scalars(queries.booths(conference)).all())
    place = values.pop("place", Place(number % 6 * 32, number // 6 * 22, 30, 20))
    return draw(conference, None, Drawing(label, place, **values), by=make_person(), at=NOW)


def doors(conference: Conference, day: date) -> None:
    conference.starts_on, conference.ends_on = day, day
