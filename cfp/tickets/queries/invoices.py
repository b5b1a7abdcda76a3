"""Questions about the invoices over orders."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from cfp.billing.models import Draft, Invoice, InvoiceKind
from cfp.tickets.models import Order, Ticket, TicketState


def drafts_of(order: Order) -> sa.Select[Draft]:
    """All that was asked for over an order, with what was issued of it."""
    return (
        sa.select(Draft)
        .where(Draft.receivable_id == order.receivable_id)
        .options(joinedload(Draft.invoice))
        .order_by(Draft.id)
    )


def wrongly_invoiced() -> sa.Select[int]:
    """Orders whose standing invoice says another sum than they cost; none is being made."""
    cancelling = sa.exists().where(Draft.cancels == Invoice.code)
    waiting = sa.exists().where(
        Draft.receivable_id == Order.receivable_id, ~sa.exists().where(Invoice.draft_id == Draft.id)
    )
    live = sa.case((Ticket.state == TicketState.LIVE, Ticket.cents), else_=Ticket.kept_cents)
    cost = (
        sa.select(sa.func.coalesce(sa.func.sum(live), 0))
        .where(Ticket.order_id == Order.id)
        .correlate(Order)
        .scalar_subquery()
    )
    return (
        sa.select(Order.id)
        .join(Invoice, Invoice.receivable_id == Order.receivable_id)
        .where(
            Invoice.kind == InvoiceKind.INVOICE,
            ~cancelling,
            ~waiting,
            Invoice.gross_cents != cost,
        )
        .order_by(Order.id)
    )
