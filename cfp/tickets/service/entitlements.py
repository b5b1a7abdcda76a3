"""Free tickets that are due: to speakers who said yes, to the crew; each once, claimed by a day.

Nobody calls this when a speaker confirms: it asks what is due now, every minute, and gives what
was not given yet.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from cfp.access import Role
from cfp.codes import new_code
from cfp.conference.models import Conference, Membership
from cfp.db import db
from cfp.people.models import Person
from cfp.people.service import log
from cfp.submissions.models import Speaker, Submission, Talk, TalkState
from cfp.tickets.models import DueTo, Entitlement, Product, Shop, Voucher
from cfp.tickets.pricing import DiscountKind
from cfp.tickets.service import letters

BEFORE_THE_CATERER = timedelta(days=7)


def issue_due(at: datetime) -> int:
    """Give every free ticket that is due and not given; returns how many."""
    given = 0
    products = sa.select(Product, Shop).join(Shop, Shop.conference_id == Product.conference_id)
    wanted = products.where(Product.due_to.is_not(None), Product.on_sale, Shop.closes_at > at)
    for product, shop in db.session.execute(wanted.order_by(Product.id)).all():
        for person in db.session.scalars(_due(product)).all():
            given += _issue(product, shop, person, at)
    return given


def _due(product: Product) -> sa.Select[Person]:
    """Who has a right to this product and has not got it yet."""
    source = sa.literal(f"{product.due_to.value}:" if product.due_to else "")
    has = sa.exists().where(
        Entitlement.conference_id == product.conference_id,
        Entitlement.source == source + sa.cast(Person.id, sa.String),
    )
    here = product.conference_id
    rights: dict[Any, sa.Select[int]] = {
        DueTo.SPEAKER: sa.select(Speaker.person_id)
        .join(Submission)
        .join(Talk, Talk.submission_id == Submission.id)
        .where(
            Submission.conference_id == here,
            Speaker.confirmed_at.is_not(None),
            Talk.state != TalkState.CANCELLED,
        ),
        DueTo.CREW: sa.select(Membership.person_id).where(
            Membership.conference_id == here, Membership.role == Role.CREW
        ),
    }
    nobody = sa.select(Person.id).where(sa.false())
    return sa.select(Person).where(Person.id.in_(rights.get(product.due_to, nobody)), ~has)


def _issue(product: Product, shop: Shop, person: Person, at: datetime) -> bool:
    """One free ticket for one person; who asks twice in the same moment gives it once."""
    if product.due_to is None:
        return False
    claim_by = shop.closes_at
    if shop.catering_due_at is not None and shop.catering_due_at - BEFORE_THE_CATERER > at:
        claim_by = shop.catering_due_at - BEFORE_THE_CATERER
    voucher = Voucher(
        conference_id=product.conference_id,
        word=f"{product.due_to.value.upper()}-{new_code()}",
        kind=DiscountKind.SET,
        value=0,
        at_most=1,
        used=0,
        claim_by=claim_by,
        owner=person.name,
        products=[product],
    )
    entitlement = Entitlement(
        conference_id=product.conference_id,
        source=f"{product.due_to.value}:{person.id}",
        due_to=product.due_to,
        person=person,
        product=product,
        voucher=voucher,
        issued_at=at,
    )
    db.session.add(entitlement)
    db.session.flush()
    log("free ticket issued", entitlement, by=None, at=at, product=product.name)
    conference = db.session.get_one(Conference, product.conference_id)
    letters.free_ticket(conference, person, product, voucher, at)
    return True
