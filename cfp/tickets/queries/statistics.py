"""Questions about what was sold, when, for how much, and what people answered."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from cfp.conference.models import Conference, Membership
from cfp.people.models import Person
from cfp.tickets.models import (
    SOLD,
    Audience,
    Order,
    OrderState,
    PriceTier,
    Product,
    ProductKind,
    Ticket,
    TicketState,
    Voucher,
)
from cfp.tickets.queries.orders import visible_to

HELD_BY_SOMEBODY = (Ticket.state == TicketState.LIVE, Order.state.in_(SOLD))


def admissions_by_moment(conference_ids: list[int]) -> sa.Select[*tuple[Any, ...]]:
    """(edition, moment of the order, how many admissions that are still held), in time."""
    return (
        sa.select(Ticket.conference_id, Order.placed_at, sa.func.count())
        .select_from(Ticket)
        .join(Ticket.order)
        .join(Ticket.product)
        .where(
            Ticket.conference_id.in_(conference_ids),
            *HELD_BY_SOMEBODY,
            Order.placed_at.is_not(None),
            Product.kind == ProductKind.ADMISSION,
        )
        .group_by(Ticket.conference_id, Order.placed_at)
        .order_by(Order.placed_at)
    )


def earlier(person: Person, conference: Conference, most: int) -> sa.Select[Conference]:
    """The editions before this one that were sold here and that somebody may see, newest first."""
    mine = sa.select(Membership.conference_id).where(Membership.person_id == person.id)
    sold = sa.select(Order.conference_id).where(Order.state.in_(SOLD))
    return (
        sa.select(Conference)
        .where(
            Conference.starts_on < conference.starts_on,
            Conference.id.in_(mine),
            Conference.id.in_(sold),
        )
        .order_by(Conference.starts_on.desc())
        .limit(most)
    )


def tiers(conference: Conference) -> sa.Select[PriceTier]:
    """The price steps of everything that lets somebody in, in the order of the shop."""
    return (
        sa.select(PriceTier)
        .join(PriceTier.product)
        .where(Product.conference_id == conference.id, Product.kind == ProductKind.ADMISSION)
        .order_by(Product.position, Product.id, PriceTier.position, PriceTier.id)
    )


def revenue(conference: Conference) -> sa.Select[*tuple[Any, ...]]:
    """(product, price step, rate, tickets, cents) of what is sold, taxes in it."""
    return (
        sa.select(
            Product.name.label("product"),
            PriceTier.name.label("tier"),
            Ticket.tax_rate.label("rate"),
            sa.func.count().label("number"),
            sa.func.sum(Ticket.cents).label("cents"),
        )
        .select_from(Ticket)
        .join(Ticket.order)
        .join(Ticket.product)
        .outerjoin(Ticket.tier)
        .where(Ticket.conference_id == conference.id, *HELD_BY_SOMEBODY)
        .group_by(Product.id, PriceTier.id, Ticket.tax_rate)
        .order_by(Product.position, Product.id, PriceTier.position, Ticket.tax_rate)
    )


def kept(conference: Conference) -> sa.Select[int, int]:
    """(rate, cents) of what was kept of tickets that were given back."""
    return (
        sa.select(Ticket.tax_rate, sa.func.sum(Ticket.kept_cents))
        .where(Ticket.conference_id == conference.id, Ticket.kept_cents > 0)
        .group_by(Ticket.tax_rate)
        .order_by(Ticket.tax_rate)
    )


def answers(conference: Conference) -> sa.Select[*tuple[Any, ...]]:
    """(days, diet, allergies?, needs?, company?, audience, tickets) of everybody who comes."""
    told = [
        (column != "").label(name)
        for column, name in (
            (Ticket.allergies, "allergies"),
            (Ticket.access_needs, "needs"),
            (Ticket.company, "company"),
        )
    ]
    return (
        sa.select(
            Product.id.label("product_id"),
            Product.days.label("days"),
            Ticket.diet.label("diet"),
            *told,
            Audience.name.label("audience"),
            sa.func.count().label("number"),
        )
        .select_from(Ticket)
        .join(Ticket.order)
        .join(Ticket.product)
        .outerjoin(Ticket.audience)
        .where(
            Ticket.conference_id == conference.id,
            *HELD_BY_SOMEBODY,
            Product.kind == ProductKind.ADMISSION,
        )
        .group_by(Product.id, Ticket.diet, *told, Audience.name)
    )


def lines(person: Person, found: sa.Select[Order]) -> sa.Select[*tuple[Any, ...]]:
    """Every ticket of these orders as a row of a list; what somebody eats is not in it."""
    ids = found.with_only_columns(Order.id)
    return (
        sa.select(
            Order.code,
            Order.state,
            Order.placed_at,
            Order.paid_at,
            Order.method,
            Order.name.label("buyer"),
            Order.email.label("buyer_email"),
            Order.company.label("buyer_company"),
            Order.country,
            Order.vat_id,
            Order.buyer_reference,
            Ticket.code.label("ticket"),
            Ticket.state.label("ticket_state"),
            Product.name.label("product"),
            PriceTier.name.label("tier"),
            Audience.name.label("audience"),
            Voucher.word.label("voucher"),
            Ticket.name,
            Ticket.email,
            Ticket.company,
            Ticket.cents,
            Ticket.kept_cents,
            Ticket.tax_rate,
        )
        .select_from(Ticket)
        .join(Ticket.order)
        .join(Ticket.product)
        .outerjoin(Ticket.tier)
        .outerjoin(Ticket.audience)
        .outerjoin(Ticket.voucher)
        .where(Order.id.in_(visible_to(person).with_only_columns(Order.id)), Order.id.in_(ids))
        .where(Order.state != OrderState.HELD)
        .order_by(Order.id, Ticket.position, Ticket.id)
    )
