"""What buyers do with an order by themselves: pass a ticket on, change it, cancel it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _

from cfp import display
from cfp.billing import service as billing
from cfp.billing.models import Method
from cfp.codes import hashed
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.tickets import pricing
from cfp.tickets.links import ticket_secret
from cfp.tickets.models import SOLD, Order, OrderState, Product, Ticket, TicketState
from cfp.tickets.pricing import Rule, Short, refund_of, rule_for
from cfp.tickets.queries.catalogue import refund_rules, shop_of
from cfp.tickets.queries.orders import added_later
from cfp.tickets.service import cards, invoices, letters, payments
from cfp.tickets.service.basket import Chosen, wish_of
from cfp.tickets.service.capacity import SoldOut, change_stock, claim
from cfp.tickets.service.checkout import due_at, gone
from cfp.tickets.service.holding import new_ticket, rates_of
from cfp.tickets.service.locking import lock
from cfp.tickets.service.shelf import Shelf, shelf_of


@dataclass(frozen=True)
class Ending:
    """What cancelling a ticket means: what it cost, and what of that comes back."""

    ticket: Ticket
    cents: int
    back: int


def pass_on(
    order: Order, ticket: Ticket, name: str, email: str, *, at: datetime, by: Person | None = None
) -> None:
    """Give a ticket to somebody else: at its old price, with a new code; the old code is dead."""
    order = lock(order)
    _check_sold(order)
    _check_live(ticket)
    before = ticket.name
    ticket.name, ticket.email = name, email
    ticket.company, ticket.allergies, ticket.access_needs, ticket.diet = "", "", "", None
    ticket.secret_version += 1
    ticket.secret_hash = hashed(ticket_secret(ticket))
    db.session.flush()
    log("passed on", order, by=by, at=at, ticket=ticket.code, was=before, name=name)
    letters.passed_on(order, ticket, at)


def endings(order: Order, tickets: Iterable[Ticket], at: datetime) -> list[Ending]:
    """What cancelling these would give back today, by the rules of the shop."""
    rules = [
        Rule(row.until, row.percent, row.fee_cents, row.product_id)
        for row in db.session.scalars(refund_rules(order.conference))
    ]
    is_paid = order.state is not OrderState.PLACED
    return [
        Ending(t, t.cents, refund_of(t.cents, rule_for(rules, t.product_id, at)) if is_paid else 0)
        for t in tickets
    ]


def cancel(
    order: Order,
    tickets: Iterable[Ticket],
    *,
    at: datetime,
    by: Person | None = None,
    in_full: bool = False,
) -> int:
    """Cancel tickets with what belongs to them; returns the cents that come back.

    Of an unpaid order nothing is owed any more for them. ``in_full`` is the organiser's word: all
    comes back, whatever the rules say. The places are sold again at the price of the day.
    """
    order = lock(order)
    _check_sold(order)
    chosen = _with_added(order, tickets)
    if not chosen:
        raise Refused(_("Please choose at least one ticket."))
    later = [lock(other) for other in db.session.scalars(added_later(order)).all()]
    if later:
        claim(order.conference_id)  # theirs is given back after this one's
    is_paid, before = order.state is not OrderState.PLACED, order.state
    kept = _kept(order, chosen, at, in_full=in_full) if is_paid else {}
    credit = sum(ticket.cents for ticket in chosen) - sum(kept.values())
    owed = order.receivable.balance.cents if order.receivable else 0
    back = max(0, credit - owed) - max(0, -owed)
    change_stock(give=chosen, at=at)
    if order.receivable is not None and credit:
        why = f"Order {order.code}, {len(chosen)} cancelled"
        billing.credit(order.receivable, credit, at, why=why, by=by)
    for ticket, cents in kept.items():
        ticket.kept_cents = cents
    if not order.live:
        order.move(OrderState.CANCELLED, _("This order is closed."))
        order.gone_at = at
    elif order.state is OrderState.PAID or (order.state is OrderState.OWING and credit >= owed):
        order.move(OrderState.PARTLY_REFUNDED, _("This order is closed."))
    db.session.flush()
    codes, was = [ticket.code for ticket in chosen], before.value
    log(
        "cancelled",
        order,
        by=by,
        at=at,
        was=was,
        state=order.state.value,
        tickets=codes,
        cents=credit,
    )
    letters.cancelled(order, len(chosen), back, at)
    _renew_card_page(order, at)
    invoices.put_right(order, at=at, by=by)
    for other in later:
        lost = [t for t in other.live if t.belongs_to_id in {one.id for one in chosen}]
        if lost and other.state in SOLD:
            back += cancel(other, lost, at=at, by=by, in_full=in_full)
    return back


def _kept(order: Order, chosen: list[Ticket], at: datetime, *, in_full: bool) -> dict[Ticket, int]:
    """What is kept of each ticket; never more than was paid for those that are still live."""
    owed = order.receivable.balance.cents if order.receivable else 0
    there = max(0, sum(ticket.cents for ticket in order.live) - max(0, owed))
    kept = {}
    for ending in endings(order, chosen, at):
        kept[ending.ticket] = 0 if in_full else min(ending.cents - ending.back, there)
        there -= kept[ending.ticket]
    return kept


def change_product(
    order: Order,
    ticket: Ticket,
    to: Chosen,
    *,
    at: datetime,
    by: Person | None = None,
    by_team: bool = False,
) -> Ticket:
    """Another product for the same person at the price of the day, in one step with the old one.

    Both places change hands in the same guarded step: never two buyers in one seat. What is
    cheaper comes back; what is dearer is to be paid before the tickets let anybody in again.
    """
    order = lock(order)
    _check_sold(order)
    _check_live(ticket)
    shelf = shelf_of(order.conference)
    product = shelf.products.get(to.product_id)
    if product is None or not product.on_sale or (product.needs_voucher and not by_team):
        raise Refused(_("Something you chose is not sold any more. Please look again."))
    if product.kind is not ticket.product.kind:
        raise Refused(_("A ticket can be changed into another ticket of its kind."))
    if product.id in shelf.waited_for and not by_team:
        raise SoldOut(product.name)
    units = pricing.quote([wish_of(to, shelf)], at)
    if isinstance(units, Short):
        raise SoldOut(product.name)
    more = units[0].cents - ticket.cents
    new = new_ticket(
        order,
        units[0],
        product=product,
        audience=next((a for a in shelf.for_whom(product) if a.id == to.audience_id), None),
        tax_rate=rates_of(order.conference).get(product.tax, 0),
    )
    for name in ("name", "email", "company", "diet", "allergies", "access_needs"):
        setattr(new, name, getattr(ticket, name))
    order.tickets.append(new)
    for added in ticket.added:
        added.belongs_to = new
    change_stock(give=[ticket], take=[new], at=at)
    _charge(order, more, at, by)
    _owe(order, at)
    payments.settle(order, at=at, by=by)
    invoices.put_right(order, at=at, by=by)
    _renew_card_page(order, at)
    log("changed", order, by=by, at=at, was=ticket.product.name, to=product.name, cents=more)
    with force_locale(order.language):
        what = _("“%(was)s” is now “%(to)s”.", was=ticket.product.name, to=product.name)
        if order.state is OrderState.OWING and order.receivable is not None:
            owed = display.money(order.receivable.balance.cents)
            what += " " + _("%(money)s are to be paid before it lets anybody in.", money=owed)
    letters.changed(order, at, what)
    return new


def options(ticket: Ticket, shelf: Shelf, at: datetime) -> list[tuple[Product, int, int]]:
    """Into what a ticket can be changed by its buyer: product, its price, the difference."""
    found = []
    for product in shelf.products.values():
        is_like = product.kind is ticket.product.kind and product.id != ticket.product_id
        if not is_like or not product.on_sale or product.needs_voucher or shelf.left(product) == 0:
            continue
        units = pricing.quote([wish_of(Chosen(product.id, 1, ticket.audience_id), shelf)], at)
        if not isinstance(units, Short):
            found.append((product, units[0].cents, units[0].cents - ticket.cents))
    return found


def _charge(order: Order, cents: int, at: datetime, by: Person | None) -> None:
    why = f"Order {order.code} changed"
    if cents and order.receivable is None:
        order.receivable = billing.open_receivable(
            order.conference,
            order.company or order.name,
            at,
            due_at=order.due_at,
            dunned=False,
        )
    if cents > 0 and order.receivable is not None:
        billing.charge(order.receivable, cents, at, why=why, by=by)
    if cents < 0 and order.receivable is not None:
        billing.credit(order.receivable, -cents, at, why=why, by=by)
    db.session.flush()


def _renew_card_page(order: Order, at: datetime) -> None:
    """Another sum needs another page; what is too much goes back."""
    if order.method is Method.CARD:
        cards.close_pages(order, at=at)
        cards.ask_for_page(order, at=at)
        cards.ask_for_refund(order, at=at)


def _owe(order: Order, at: datetime) -> None:
    """What was paid is not enough any more: until the rest is there nobody gets in with it."""
    if order.state is OrderState.PLACED or order.receivable is None:
        return
    if order.receivable.balance.cents > 0:
        shop = db.session.scalars(shop_of(order.conference)).one()
        if order.state is not OrderState.OWING:
            order.move(OrderState.OWING, _("This order is closed."))
        order.due_at = due_at(order, shop, Method.TRANSFER, at)
        order.reminded_at = None
        db.session.flush()


def _with_added(order: Order, tickets: Iterable[Ticket]) -> list[Ticket]:
    """These and what belongs to them, as far as they are live."""
    wanted = {ticket.id for ticket in tickets}
    return [t for t in order.live if t.id in wanted or t.belongs_to_id in wanted]


def _check_sold(order: Order) -> None:
    if order.state not in SOLD:
        raise (
            gone(order)
            if order.state is not OrderState.HELD
            else Refused(_("This is not ordered yet."))
        )


def _check_live(ticket: Ticket) -> None:
    if ticket.state is not TicketState.LIVE:
        raise Refused(_("This ticket is cancelled."))
