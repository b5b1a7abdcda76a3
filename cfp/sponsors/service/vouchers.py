"""The tickets in an agreement: one voucher each, for exactly as many, once it is paid."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from cfp.codes import new_code
from cfp.db import db, lock
from cfp.sponsors import queries
from cfp.sponsors.models import SHIPPED, Agreement, Benefit, BenefitKind
from cfp.sponsors.service import benefits
from cfp.tickets.models import DueTo, Entitlement, Product, Voucher
from cfp.tickets.pricing import DiscountKind
from cfp.tickets.service.capacity import resize_voucher

MOMENT = timedelta(seconds=1)  # a day to claim by includes its last second


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
    return {benefit.id: entitlement.voucher for benefit, entitlement in _given(agreement)}


def _given(agreement: Agreement) -> list[tuple[Benefit, Entitlement]]:
    found = db.session.scalars(queries.benefits_of(agreement)).all()
    by_source = {source_of(b): b for b in found if b.kind is BenefitKind.TICKETS}
    given = (
        sa.select(Entitlement)
        .where(
            Entitlement.conference_id == agreement.conference_id,
            Entitlement.source.in_(by_source),
            Entitlement.withdrawn_at.is_(None),
        )
        .order_by(Entitlement.id)
    )
    return [(by_source[one.source], one) for one in db.session.scalars(given)]


def close(agreement: Agreement, at: datetime) -> None:
    """The payment was taken back: no ticket is had by its vouchers, but for a written why."""
    for benefit, entitlement in _given(agreement):
        if not benefit.is_covered:
            _close(entitlement.voucher, at)
    db.session.flush()


def reopen(agreement: Agreement) -> None:
    """It is paid again, or somebody wrote why it need not be: as many tickets as were promised."""
    for benefit, entitlement in _given(agreement):
        voucher = entitlement.voucher
        if benefit.is_covered and voucher.at_most is not None:
            resize_voucher(voucher, max(benefit.quantity, voucher.used))
            voucher.claim_by = benefit.claim_by
    db.session.flush()


def withdraw(agreement: Agreement, at: datetime) -> None:
    """The agreement has ended: what was not used of its vouchers is not used any more."""
    for _benefit, entitlement in _given(agreement):
        _close(entitlement.voucher, at)
        entitlement.withdrawn_at = at
    db.session.flush()


def _close(voucher: Voucher, at: datetime) -> None:
    """Its number is what was used, and its day is over, should a held ticket come back."""
    lock(voucher)
    resize_voucher(voucher, voucher.used)
    voucher.claim_by = at - MOMENT
