"""Cards: a page of Stripe to pay on, and what Stripe tells us afterwards, heard once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.exc import IntegrityError

from cfp import clock
from cfp.billing.models import Method
from cfp.billing.queries import entries_from
from cfp.db import db
from cfp.jobs import service as jobs
from cfp.people.service import log
from cfp.tickets.models import OWES, CardCheckout, CardEvent, Order
from cfp.tickets.service import payments
from cfp.tickets.service.locking import lock

PAGE_JOB, REFUND_JOB = "tickets.card_page", "tickets.card_refund"
CLOSE_JOB = "tickets.card_close"
PAID = {"checkout.session.completed", "checkout.session.async_payment_succeeded"}
CLOSED = {"checkout.session.expired", "checkout.session.async_payment_failed"}
REFUNDED = {"refund.created", "refund.updated", "charge.refund.updated"}


class NotKnownYet(Exception):  # noqa: N818  (an outcome: Stripe is asked to say it again later)
    """An event about something whose own event has not come yet."""


def are_set_up() -> bool:
    settings = current_app.config["SETTINGS"]
    return bool(settings.stripe_key and settings.stripe_webhook_secret)


def open_page(order: Order, at: datetime | None = None) -> CardCheckout | None:
    """The page on which this order can be paid now."""
    found: CardCheckout | None = db.session.scalar(
        sa.select(CardCheckout)
        .where(
            CardCheckout.order_id == order.id,
            CardCheckout.paid_at.is_(None),
            CardCheckout.closed_at.is_(None),
            CardCheckout.expires_at > (at or clock.now()),
        )
        .order_by(CardCheckout.id.desc())
        .limit(1)
    )
    return found


def ask_for_page(order: Order, *, at: datetime) -> None:
    """Have the worker make a page at the card company, when this order is to be paid by card."""
    wants = order.state in OWES and order.method is Method.CARD
    if wants and open_page(order, at) is None:
        conference_id = order.conference_id
        jobs.ask(PAGE_JOB, by=None, at=at, conference_id=conference_id, order_id=order.id)


def close_pages(order: Order, *, at: datetime) -> None:
    """Nobody can pay any more on pages that were made for another sum, or another way to pay."""
    wants = order.state in OWES and order.method is Method.CARD and order.receivable is not None
    owed = order.receivable.balance.cents if wants and order.receivable else 0
    pages = sa.select(CardCheckout).where(
        CardCheckout.order_id == order.id,
        CardCheckout.paid_at.is_(None),
        CardCheckout.closed_at.is_(None),
        CardCheckout.cents != owed,
    )
    for page in db.session.scalars(pages).all():
        page.closed_at = at
        conference_id = order.conference_id
        session_id = page.session_id
        jobs.ask(CLOSE_JOB, by=None, at=at, conference_id=conference_id, session_id=session_id)


def ask_for_refund(order: Order, *, at: datetime) -> None:
    """Have the worker send back to the card what is owed to the buyer."""
    owes = order.receivable is not None and order.receivable.balance.cents < 0
    if owes and order.method is Method.CARD and are_set_up():
        conference_id = order.conference_id
        jobs.ask(REFUND_JOB, by=None, at=at, conference_id=conference_id, order_id=order.id)


def remember_page(
    order: Order, session_id: str, url: str, cents: int, *, until: datetime, at: datetime
) -> None:
    """The card company has made a page; the same one twice is one."""
    known = db.session.scalar(
        sa.select(CardCheckout.id).where(CardCheckout.session_id == session_id)
    )
    if known is None:
        page = CardCheckout(
            order_id=order.id,
            session_id=session_id,
            url=url,
            cents=cents,
            created_at=at,
            expires_at=until,
        )
        db.session.add(page)


def hear(event: dict[str, Any], *, at: datetime) -> bool:
    """What the card company says, with its signature checked by the caller; False when known.

    Doubled events are recognised by their number, and a payment by its own besides. Events in the
    wrong order either change nothing or are asked for again.
    """
    if not _is_new(event, at):
        return False
    kind, thing = str(event["type"]), event["data"]["object"]
    if kind in PAID and thing.get("payment_status") == "paid":
        _paid(thing, at)
    elif kind in CLOSED:
        _closed(thing, at)
    elif kind in REFUNDED and thing.get("status") == "succeeded":
        _refunded(thing, at)
    return True


def _is_new(event: dict[str, Any], at: datetime) -> bool:
    try:
        with db.session.begin_nested():
            kind = str(event["type"])[:80]
            db.session.add(CardEvent(event_id=str(event["id"])[:120], kind=kind, at=at))
    except IntegrityError:
        return False
    return True


def _page_of(thing: dict[str, Any]) -> CardCheckout:
    page = db.session.scalar(
        sa.select(CardCheckout).where(CardCheckout.session_id == str(thing["id"]))
    )
    if page is None:
        raise NotKnownYet
    return page


def _paid(thing: dict[str, Any], at: datetime) -> None:
    page = _page_of(thing)
    order = lock(page.order)  # before its page, as everybody does who changes both
    payment = str(thing.get("payment_intent") or thing["id"])
    page.paid_at, page.payment_id = page.paid_at or at, payment
    cents = int(thing["amount_total"])
    if order.state in OWES:
        order.method = Method.CARD  # as it was paid in the end, and goes back if it goes back
    payments.pay(order, cents, Method.CARD, source=f"stripe:{payment}", at=at)
    ask_for_refund(order, at=at)  # what came too late, or twice


def _closed(thing: dict[str, Any], at: datetime) -> None:
    page = _page_of(thing)
    if page.paid_at is None:
        page.closed_at = page.closed_at or at


def _refunded(thing: dict[str, Any], at: datetime) -> None:
    payment = str(thing.get("payment_intent") or "")
    page = db.session.scalar(sa.select(CardCheckout).where(CardCheckout.payment_id == payment))
    if page is None or not payment:
        raise NotKnownYet
    cents = int(thing["amount"])
    note_refund(page, str(thing["id"]), cents, at=at)
    log("card refund heard", page.order, by=None, at=at, cents=cents)


def note_refund(page: CardCheckout, refund_id: str, cents: int, *, at: datetime) -> None:
    """Money has gone back to the card; said by Stripe or by our own asking, it is written once."""
    order, source = lock(page.order), f"stripe:{refund_id}"
    if db.session.scalar(entries_from(source)) is None:
        page.refunded_cents += cents
    payments.record_refund(order, cents, Method.CARD, source=source, at=at)


def paid_pages(order: Order) -> list[CardCheckout]:
    """The pages on which this order was paid, of which something can still go back."""
    paid = sa.select(CardCheckout).where(
        CardCheckout.order_id == order.id,
        CardCheckout.payment_id != "",
        CardCheckout.cents > CardCheckout.refunded_cents,
    )
    return [*db.session.scalars(paid.order_by(CardCheckout.id.desc()))]
