"""Questions about what was offered, agreed, promised and held."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from cfp.billing import queries as ledger
from cfp.billing.models import Invoice
from cfp.conference.models import Conference
from cfp.sponsors.models import (
    AGREED,
    OPEN,
    SHIPPED,
    Agreement,
    AgreementState,
    Benefit,
    BenefitKind,
    Booth,
    Paper,
    Sponsor,
    Sponsoring,
)
from cfp.tickets.models import Product


def agreements(conference: Conference) -> sa.Select[Agreement]:
    """All agreements of an edition with their sponsor and level, newest first."""
    return (
        sa.select(Agreement)
        .where(Agreement.conference_id == conference.id)
        .options(
            joinedload(Agreement.sponsor),
            joinedload(Agreement.level),
            joinedload(Agreement.signature),
        )
        .order_by(Agreement.id.desc())
    )


def agreements_of(sponsor: Sponsor) -> sa.Select[Agreement]:
    return (
        sa.select(Agreement)
        .where(Agreement.sponsor_id == sponsor.id)
        .options(
            joinedload(Agreement.level),
            joinedload(Agreement.signature),
            selectinload(Agreement.gifts),
        )
        .order_by(Agreement.id.desc())
    )


def open_agreement(sponsor: Sponsor) -> sa.Select[Agreement]:
    """The offer or agreement that stands; there is at most one."""
    return agreements_of(sponsor).where(Agreement.state.in_(OPEN))


def benefits_of(agreement: Agreement) -> sa.Select[Benefit]:
    return (
        sa.select(Benefit)
        .where(Benefit.agreement_id == agreement.id)
        .order_by(Benefit.position, Benefit.id)
    )


def promised(conference: Conference) -> sa.Select[Benefit]:
    """Every benefit of the signed agreements of an edition."""
    return (
        sa.select(Benefit)
        .join(Benefit.agreement)
        .where(Agreement.conference_id == conference.id, Agreement.state.in_(AGREED))
        .options(
            joinedload(Benefit.agreement).options(
                joinedload(Agreement.sponsor), joinedload(Agreement.level)
            )
        )
        .order_by(Benefit.position, Benefit.id)
    )


def unshipped(agreement: Agreement) -> sa.Select[Benefit]:
    return benefits_of(agreement).where(Benefit.state.not_in(SHIPPED))


def booths(conference: Conference) -> sa.Select[Booth]:
    return (
        sa.select(Booth)
        .where(Booth.conference_id == conference.id)
        .options(joinedload(Booth.agreement).joinedload(Agreement.sponsor), joinedload(Booth.level))
        .order_by(Booth.label, Booth.id)
    )


def lapsing(at: datetime) -> sa.Select[int]:
    return sa.select(Agreement.id).where(
        Agreement.state == AgreementState.OFFERED, Agreement.valid_until < at
    )


def to_settle() -> sa.Select[int]:
    """Agreements whose ledger says something else than their state."""
    balance = ledger.balances().subquery()
    owed = sa.func.coalesce(balance.c.cents, 0)
    return (
        sa.select(Agreement.id)
        .outerjoin(balance, balance.c.receivable_id == Agreement.receivable_id)
        .where(
            sa.or_(
                sa.and_(Agreement.state == AgreementState.SIGNED, owed <= 0),
                sa.and_(Agreement.state == AgreementState.PAID, owed > 0),
            )
        )
        .order_by(Agreement.id)
    )


def invoices_to(sponsor: Sponsor) -> sa.Select[Invoice]:
    """What was issued to a sponsor, the newest first."""
    return (
        sa.select(Invoice)
        .join(Agreement, Agreement.receivable_id == Invoice.receivable_id)
        .where(Agreement.sponsor_id == sponsor.id)
        .options(joinedload(Invoice.cancelled_by))
        .order_by(Invoice.id.desc())
    )


def papers(agreement: Agreement) -> sa.Select[Paper]:
    """The files of an agreement, without their bytes."""
    return sa.select(Paper).where(Paper.agreement_id == agreement.id).order_by(Paper.id)


def tickets_due() -> sa.Select[*tuple[Benefit, Product]]:
    """Promised tickets that are released and not given, with the product that they are for."""
    return (
        sa.select(Benefit, Product)
        .join(Benefit.agreement)
        .join(Sponsoring, Sponsoring.conference_id == Agreement.conference_id)
        .join(Product, Product.id == Sponsoring.ticket_product_id)
        .where(
            Agreement.state.in_(AGREED),
            Benefit.kind == BenefitKind.TICKETS,
            Benefit.state.not_in(SHIPPED),
            Benefit.released_at.is_not(None),
        )
        .order_by(Benefit.id)
    )
