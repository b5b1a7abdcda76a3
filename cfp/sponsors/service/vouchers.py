"""The tickets in an agreement: one voucher each, for exactly as many, once it is paid."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from cfp.codes import new_code
from cfp.db import db, lock
from cfp.sponsors import queries
from cfp.sponsors.models import SHIPPED, Agreement, Benefit, BenefitKind
from cfp.sponsors.service import benefits
from cfp.tickets.models import DueTo, Entitlement, Product, Voucher
from cfp.tickets.pricing import DiscountKind
from cfp.tickets.service.capacity import resize_voucher


def source_of(benefit: Benefit) -> str:
    return f"benefit:{benefit.id}"


def issue_due(at: datetime) -> int:
    """Vouchers for what is paid and not given yet, where the shop has a product for sponsors."""
    done = 0
    for benefit, product in db.session.execute(queries.tickets_due()).unique().all():
        lock(benefit)
        if benefit.state not in SHIPPED and benefit.released_at is not None:
            _issue(benefit, product, at)
            done += 1
    return done


def _issue(benefit: Benefit, product: Product, at: datetime) -> None:
    agreement = benefit.agreement
    voucher = Voucher(
        conference_id=agreement.conference_id,
        word=f"SPONSOR-{new_code()}-{new_code()}",
        kind=DiscountKind.SET,
        value=0,
        at_most=benefit.quantity,
        claim_by=benefit.claim_by,
        owner=agreement.sponsor.name,
        note=f"Agreement {agreement.code}",
        created_at=at,
        products=[product],
    )
    db.session.add(
        Entitlement(
            conference_id=agreement.conference_id,
            source=source_of(benefit),
            due_to=DueTo.SPONSOR,
            product=product,
            voucher=voucher,
            issued_at=at,
        )
    )
    benefits.deliver(benefit, by=None, at=at)


def of(agreement: Agreement) -> dict[int, Voucher]:
    """The vouchers of an agreement by the benefit that they are for."""
    found = db.session.scalars(queries.benefits_of(agreement)).all()
    by_source = {source_of(b): b.id for b in found if b.kind is BenefitKind.TICKETS}
    given = sa.select(Entitlement).where(
        Entitlement.conference_id == agreement.conference_id,
        Entitlement.source.in_(by_source),
        Entitlement.withdrawn_at.is_(None),
    )
    return {by_source[one.source]: one.voucher for one in db.session.scalars(given)}


def withdraw(agreement: Agreement, at: datetime) -> None:
    """The agreement has ended: what was not used of its vouchers is not used any more."""
    for voucher in of(agreement).values():
        resize_voucher(voucher, voucher.used)
        given = sa.select(Entitlement).where(Entitlement.voucher_id == voucher.id)
        db.session.scalars(given).one().withdrawn_at = at
    db.session.flush()
