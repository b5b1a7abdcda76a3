"""What the worker does at the card company: make a page to pay on, send money back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from cfp import clock
from cfp.billing.models import EntryKind
from cfp.db import db, transaction
from cfp.jobs.registry import Watch, job
from cfp.tickets import queries, stripe
from cfp.tickets.links import order_link
from cfp.tickets.models import OWES, CardCheckout, Order
from cfp.tickets.service import cards
from cfp.tickets.service.cards import CLOSE_JOB, PAGE_JOB, REFUND_JOB

PAGE_LASTS = timedelta(minutes=60)


@job(PAGE_JOB)
def make_page(watch: Watch, *, order_id: int, **_where: Any) -> dict[str, Any] | None:
    """Begun again after a crash it finds the same page: the key is made of what is owed."""
    at = clock.now()
    watch.progress(0.1, "Asking Stripe for a page")
    with transaction():
        order = db.session.get_one(Order, order_id)
        owed = order.receivable.balance.cents if order.receivable else 0
        if order.state not in OWES or owed <= 0 or cards.open_page(order, at):
            return None
        number = db.session.query(CardCheckout).filter_by(order_id=order.id).count()
        params = _page_of(order, owed, int((at + PAGE_LASTS).timestamp()) // 3600 * 3600 + 3600)
    key = f"page:{order.code}:{number}:{owed}:{params['expires_at']}"
    found = stripe.create_page(params, key)
    with transaction():
        order = db.session.get_one(Order, order_id)
        until = at + PAGE_LASTS
        cards.remember_page(order, found.id, found.url, owed, until=until, at=at)
    return {"order": order.code}


def _page_of(order: Order, cents: int, expires_at: int) -> dict[str, Any]:
    with force_locale(order.language):
        name = _(
            "Order %(code)s, %(conference)s", code=order.code, conference=order.conference.name
        )
    price = {
        "currency": order.currency.lower(),
        "unit_amount": cents,
        "product_data": {"name": name},
    }
    return {
        "mode": "payment",
        "line_items": [{"price_data": price, "quantity": 1}],
        "client_reference_id": order.code,
        "customer_email": order.email,
        "locale": order.language,
        "expires_at": expires_at,
        "success_url": order_link(order),
        "cancel_url": order_link(order),
        "payment_intent_data": {"metadata": {"order": order.code}},
    }


@job(CLOSE_JOB)
def close_page(watch: Watch, *, session_id: str, **_where: Any) -> None:
    """Twice asked is once closed."""
    watch.progress(0.1, "Asking Stripe to close a page")
    stripe.close_page(session_id)


@job(REFUND_JOB)
def send_back(watch: Watch, *, order_id: int, **_where: Any) -> dict[str, Any] | None:
    """What the card gave, and is owed to the buyer, goes back to it; twice asked is once sent.

    An order that was paid in parts is sent back in parts, the last payment first.
    """
    watch.progress(0.1, "Asking Stripe to send money back")
    sent = 0
    while part := _send_part(order_id):
        sent += part
    return {"cents": sent} if sent else None


def _send_part(order_id: int) -> int:
    """Send back what one payment gave, as far as it is owed; returns the cents."""
    with transaction():
        order = db.session.scalars(queries.locked(order_id)).one()
        owed = -order.receivable.balance.cents if order.receivable else 0
        page = next(iter(cards.paid_pages(order)), None)
        if owed <= 0 or page is None or order.receivable is None:
            return 0
        page_id, payment = page.id, page.payment_id
        cents = min(owed, page.cents - page.refunded_cents)
        kinds = [entry.kind for entry in order.receivable.entries]
        key = f"refund:{order.code}:{kinds.count(EntryKind.REFUND)}:{cents}"
    found = stripe.create_refund(payment, cents, key)
    with transaction():
        page = db.session.get_one(CardCheckout, page_id)
        cards.note_refund(page, found.id, cents, at=clock.now())
    return cents
