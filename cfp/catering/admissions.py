"""Questions about the tickets of an edition that is sold here, as selects."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from cfp.catering.models import Kitchen
from cfp.conference.models import Conference
from cfp.tickets.models import (
    SOLD,
    CheckIn,
    Entitlement,
    Order,
    OrderState,
    Passage,
    PriceTier,
    Product,
    ProductKind,
    Ticket,
    TicketState,
    Verdict,
    Voucher,
)

GLUTEN = ("gluten", "liakie", "celiac", "coeliac")  # as people write it: Zöliakie


def _sold(conference_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        Ticket.conference_id == conference_id,
        Ticket.state == TicketState.LIVE,
        Ticket.belongs_to_id.is_(None),
        Order.state.in_(SOLD),
        Product.kind == ProductKind.ADMISSION,
    )


def _of_tickets(
    selected: sa.Select[*tuple[Any, ...]], conference_id: int
) -> sa.Select[*tuple[Any, ...]]:
    return (
        selected.join(Order, Order.id == Ticket.order_id)
        .join(Product, Product.id == Ticket.product_id)
        .where(*_sold(conference_id))
    )


def sold(conference_id: int) -> sa.Select[*tuple[Any, ...]]:
    """When, what and for how much, for whom if it was due to somebody, and whether they came."""
    entry = sa.select(CheckIn.id).where(
        CheckIn.ticket_id == Ticket.id,
        CheckIn.verdict == Verdict.OK,
        CheckIn.passage == Passage.ENTRY,
    )
    at = sa.func.coalesce(Order.placed_at, Order.created_at)
    selected = sa.select(
        at.label("at"),
        Ticket.cents,
        Ticket.voucher_id,
        Product.name.label("product"),
        Product.days.label("days"),
        PriceTier.name.label("tier"),
        Entitlement.due_to.label("due_to"),
        entry.exists().label("came"),
    ).select_from(Ticket)
    return (
        _of_tickets(selected, conference_id)
        .outerjoin(PriceTier, PriceTier.id == Ticket.tier_id)
        .outerjoin(Entitlement, Entitlement.voucher_id == Ticket.voucher_id)
        .order_by(at, Ticket.id)
    )


def entries(conference_id: int) -> sa.Select[*tuple[Any, ...]]:
    """(moment, ticket) of everybody who was let in."""
    return sa.select(CheckIn.at, CheckIn.ticket_id).where(
        CheckIn.conference_id == conference_id,
        CheckIn.verdict == Verdict.OK,
        CheckIn.passage == Passage.ENTRY,
        CheckIn.ticket_id.is_not(None),
    )


def diets(conference_id: int) -> sa.Select[*tuple[Any, ...]]:
    """(diet, whether their allergies name gluten, how many) of those who answered."""
    wrote = sa.func.lower(Ticket.allergies)
    gluten = sa.or_(*(wrote.contains(word) for word in GLUTEN)).label("gluten")
    selected = sa.select(Ticket.diet, gluten, sa.func.count()).where(
        sa.or_(Ticket.diet.is_not(None), gluten)
    )
    return (
        _of_tickets(selected, conference_id)
        .group_by(Ticket.diet, gluten)
        .order_by(Ticket.diet, gluten)
    )


def allergies(conference_id: int) -> sa.Select[*tuple[Any, ...]]:
    """(what ticket holders wrote, how many did), without their names."""
    selected = sa.select(Ticket.allergies, sa.func.count()).where(Ticket.allergies != "")
    return (
        _of_tickets(selected, conference_id).group_by(Ticket.allergies).order_by(Ticket.allergies)
    )


def steps(conference_id: int) -> sa.Select[*tuple[Any, ...]]:
    """When a price of admission ends and a higher one follows."""
    after = aliased(PriceTier)
    dearer = sa.select(after.id).where(
        after.product_id == PriceTier.product_id,
        after.position > PriceTier.position,
        after.audience_id.is_not_distinct_from(PriceTier.audience_id),
        after.cents > PriceTier.cents,
    )
    return (
        sa.select(PriceTier.ends_at)
        .join(Product, Product.id == PriceTier.product_id)
        .where(
            Product.conference_id == conference_id,
            Product.kind == ProductKind.ADMISSION,
            PriceTier.ends_at.is_not(None),
            dearer.exists(),
        )
    )


def step_prices(conference_id: int) -> sa.Select[*tuple[Any, ...]]:
    """(when a price of admission ends, it, the next one), of the product with the most tickets."""
    after = aliased(PriceTier)
    next_one = (
        sa.select(after.cents)
        .where(
            after.product_id == PriceTier.product_id,
            after.position > PriceTier.position,
            after.audience_id.is_(None),
        )
        .order_by(after.position)
        .limit(1)
        .scalar_subquery()
    )
    sold = sa.select(sa.func.sum(after.taken)).where(after.product_id == PriceTier.product_id)
    return (
        sa.select(PriceTier.ends_at, PriceTier.cents, next_one.label("next_cents"))
        .join(Product, Product.id == PriceTier.product_id)
        .where(
            Product.conference_id == conference_id,
            Product.kind == ProductKind.ADMISSION,
            PriceTier.audience_id.is_(None),
            PriceTier.ends_at.is_not(None),
            next_one > PriceTier.cents,
        )
        .order_by(sold.scalar_subquery(), Product.id.desc(), PriceTier.position)
    )


def tiers(conference_id: int) -> sa.Select[*tuple[Any, ...]]:
    """Each price of an admission with how many paid it and what they paid, as the shop lists it."""
    paid = (
        _of_tickets(
            sa.select(
                Ticket.tier_id,
                sa.func.count().label("sold"),
                sa.func.sum(Ticket.cents).label("came"),
            ),
            conference_id,
        )
        .where(Ticket.cents > 0)
        .group_by(Ticket.tier_id)
        .subquery()
    )
    return (
        sa.select(
            PriceTier,
            Product.name.label("product"),
            sa.func.coalesce(paid.c.sold, 0).label("sold"),
            sa.func.coalesce(paid.c.came, 0).label("came"),
        )
        .join(Product, Product.id == PriceTier.product_id)
        .outerjoin(paid, paid.c.tier_id == PriceTier.id)
        .where(Product.conference_id == conference_id, Product.kind == ProductKind.ADMISSION)
        .where(PriceTier.cents > 0)
        .order_by(Product.position, Product.id, PriceTier.position, PriceTier.id)
    )


def unpaid(conference_id: int) -> sa.Select[*tuple[Any, ...]]:
    """How many tickets are ordered and not paid yet; some of these orders will expire."""
    selected = sa.select(sa.func.count(Ticket.id)).select_from(Ticket)
    return _of_tickets(selected, conference_id).where(
        Ticket.cents > 0, Order.state == OrderState.PLACED
    )


def on_sale(conference_id: int) -> sa.Select[*tuple[Any, ...]]:
    """How many admissions anybody can buy."""
    return sa.select(sa.func.count(Product.id)).where(
        Product.conference_id == conference_id,
        Product.kind == ProductKind.ADMISSION,
        Product.on_sale,
        Product.needs_voucher.is_(False),
    )


def unclaimed(conference_id: int, at: datetime) -> sa.Select[*tuple[Any, ...]]:
    """How many tickets are due to somebody and can still be claimed."""
    return (
        sa.select(sa.func.sum(Voucher.at_most - Voucher.used))
        .join(Entitlement, Entitlement.voucher_id == Voucher.id)
        .where(
            Entitlement.conference_id == conference_id,
            Entitlement.withdrawn_at.is_(None),
            Voucher.at_most.is_not(None),
            sa.or_(Voucher.claim_by.is_(None), Voucher.claim_by > at),
        )
    )


def followed(conference_id: int) -> sa.Select[Conference]:
    """The edition that this one's kitchen follows."""
    return (
        sa.select(Conference)
        .join(Kitchen, Kitchen.follows_id == Conference.id)
        .where(Kitchen.conference_id == conference_id)
    )
