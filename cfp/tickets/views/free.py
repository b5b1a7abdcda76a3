"""What a desk shows of the free tickets that are due to somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask import g, url_for
from sqlalchemy.orm import joinedload

from cfp.db import db
from cfp.people.models import Person
from cfp.tickets.models import Entitlement, Ticket, TicketState
from cfp.tickets.views.blueprint import link_to, pages


@dataclass(frozen=True)
class FreeTicket:
    """Its name, where it is taken or found, and until when one may take it."""

    product: str
    url: str
    is_taken: bool
    claim_by: datetime | None


@pages.app_template_global()
def free_tickets(person: Person) -> list[FreeTicket]:
    """Those of a person in this edition, taken or not."""
    select = (
        sa.select(Entitlement)
        .options(joinedload(Entitlement.product), joinedload(Entitlement.voucher))
        .where(
            Entitlement.conference_id == g.conference.id,
            Entitlement.person_id == person.id,
            Entitlement.withdrawn_at.is_(None),
        )
        .order_by(Entitlement.id)
    )
    due = db.session.scalars(select).all()
    taken = _taken([one.voucher_id for one in due])
    return [_shown(one, taken.get(one.voucher_id)) for one in due]


def _taken(vouchers: list[int]) -> dict[int, Ticket]:
    if not vouchers:
        return {}
    select = (
        sa.select(Ticket)
        .options(joinedload(Ticket.order))
        .where(Ticket.voucher_id.in_(vouchers), Ticket.state == TicketState.LIVE)
    )
    return {one.voucher_id: one for one in db.session.scalars(select) if one.voucher_id}


def _shown(one: Entitlement, ticket: Ticket | None) -> FreeTicket:
    if ticket is not None:
        return FreeTicket(one.product.name, link_to(ticket.order), is_taken=True, claim_by=None)
    shop = url_for("tickets.shop", voucher=one.voucher.word)
    return FreeTicket(one.product.name, shop, is_taken=False, claim_by=one.voucher.claim_by)
