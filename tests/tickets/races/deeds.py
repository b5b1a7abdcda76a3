"""What people and time do in the race, each in a transaction of its own, chosen at random."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa

from cfp.billing.models import Method
from cfp.conference.models import Conference
from cfp.db import db
from cfp.people.models import Person
from cfp.tickets.models import (
    ADMITTED,
    OWES,
    SOLD,
    Order,
    OrderState,
    PriceTier,
    Product,
    ProductKind,
    Quota,
    Ticket,
    Voucher,
)
from cfp.tickets.service import (
    capacity,
    changes,
    checkout,
    desk,
    expiry,
    extending,
    holding,
    importing,
    payments,
    waiting,
)
from cfp.tickets.service.basket import Basket, Chosen
from cfp.tickets.service.checkout import Buyer, Who
from cfp.tickets.service.holding import Asked
from cfp.tickets.service.shelf import shelf_of
from tests.tickets.selling import NOW

SECOND = timedelta(seconds=1)
ADA = Buyer("Ada", "ada@example.org")


ESSENTIAL = (  # every way in which stock changes hands
    *("buy", "place", "sell", "pay", "pay_late", "expire", "change", "add", "cancel"),
    *("pass_on", "bring_in", "offer", "resize"),
)


class Nothing(Exception):  # noqa: N818  (an outcome)
    """There was nobody or nothing to do it with."""


class Deeds:
    """One player's choices; the same seed makes the same ones."""

    def __init__(self, lot: random.Random, name: str, mood: str) -> None:
        self.lot, self.name, self.mood, self.count = lot, name, mood, 0

    def next(self) -> Callable[[], None]:
        self.count += 1
        if self.mood == "rush":  # the minute in which the sale opens
            return self.lot.choices([self.buy, self.place, self.expire], [20, 2, 1])[0]
        deeds = self.deeds()
        return self.lot.choices([*deeds], [*deeds.values()])[0]

    def deeds(self) -> dict[Callable[[], None], int]:
        """Everything that changes stock, and how often it is done."""
        return {
            self.buy: 8,
            self.place: 6,
            self.pay: 5,
            self.pay_late: 3,
            self.expire: 5,
            self.change: 3,
            self.add: 3,
            self.cancel: 3,
            self.pass_on: 2,
            self.bring_in: 3,
            self.offer: 3,
            self.resize: 2,
            self.relink: 1,
            self.give_back: 1,
            self.sell: 2,
            self.choose_anew: 1,
        }

    def _key(self) -> str:
        return f"{self.name}:{self.count}:{self.lot.random()}"

    def _edition(self) -> Conference:
        return db.session.scalars(sa.select(Conference)).one()

    def _one(self, model: type, *where: sa.ColumnElement[bool]):
        ids = db.session.scalars(sa.select(model.id).where(*where).order_by(model.id)).all()
        if not ids:
            raise Nothing
        return db.session.get_one(model, self.lot.choice(ids))

    def _basket(self) -> Basket:
        product = self._one(Product, Product.kind == ProductKind.ADMISSION)
        voucher = "HALF" if self.lot.random() < 0.3 else ""
        lines = [Chosen(product.id, self.lot.choice([1, 1, 2, 3]))]
        if self.lot.random() < 0.4:
            other = self._one(Product, Product.name.in_(["Small", "Workshop"]))
            lines.insert(self.lot.randint(0, 1), Chosen(other.id))
        return Basket(tuple(lines), voucher)

    def buy(self) -> None:
        asked = Asked(self._key())
        holding.hold(self._edition(), self._basket(), asked, at=NOW)

    def place(self) -> None:
        order = self._one(Order, Order.state == OrderState.HELD)
        checkout.name_people(order, {t.id: Who("Ada") for t in order.tickets}, at=NOW)
        checkout.bill_to(order, ADA, at=NOW)
        checkout.place(order, Method.TRANSFER, at=NOW)

    def choose_anew(self) -> None:
        order = self._one(Order, Order.state == OrderState.HELD)
        expiry.let_go(order.conference, order.form_key, at=NOW)
        self.buy()

    def sell(self) -> None:
        edition = self._edition()
        basket = Basket(self._basket().lines)
        sale = desk.Sale(self._key(), basket, names=("Ada",))
        desk.sell(edition, sale, at=NOW, by=self._one(Person), shelf=shelf_of(edition))

    def pay(self) -> None:
        order = self._one(Order, Order.state.in_(OWES), Order.receivable_id.is_not(None))
        cents = order.receivable.balance.cents
        source = f"bank:{order.id}:{cents}"  # what another player pays as well counts once
        payments.pay(order, cents, Method.TRANSFER, source=source, at=NOW)

    def pay_late(self) -> None:
        gone = Order.state == OrderState.EXPIRED, Order.placed_at.is_not(None)
        order = self._one(Order, *gone, Order.late_at.is_(None), Order.receivable_id.is_not(None))
        if not order.cents:
            raise Nothing
        payments.pay(order, order.cents, Method.TRANSFER, source=f"late:{order.id}", at=NOW)

    def expire(self) -> None:
        order = self._one(Order, Order.state.in_([OrderState.HELD, OrderState.PLACED]))
        over = order.held_until if order.state is OrderState.HELD else order.due_at
        expiry.expire(order.id, at=(over or NOW) + SECOND)

    def change(self) -> None:
        ticket = self._live_ticket()
        to = Chosen(self._one(Product, Product.kind == ticket.product.kind).id)
        changes.change_product(ticket.order, ticket, to, at=NOW, by_team=True)

    def add(self) -> None:
        order = self._one(Order, Order.state.in_(ADMITTED), Order.extends_id.is_(None))
        extras = extending.extras(order, shelf_of(self._edition()), NOW)
        if not extras:
            raise Nothing
        chosen = [self.lot.choice(extras).field]
        extending.add(order, chosen, self._key()[-30:], at=NOW)

    def cancel(self) -> None:
        ticket = self._live_ticket()
        full = self.lot.random() < 0.5
        changes.cancel(ticket.order, [ticket], at=NOW, in_full=full)

    def pass_on(self) -> None:
        ticket = self._live_ticket()
        changes.pass_on(ticket.order, ticket, "Eve", "eve@example.org", at=NOW)

    def _live_ticket(self) -> Ticket:
        live = self._one(Order, Order.state.in_(SOLD)).live
        if not live:
            raise Nothing
        return self.lot.choice(live)

    def bring_in(self) -> None:
        key = f"{self.name}:{self.count}"
        importing.bring_in(self._edition(), self._basket(), ADA, key=key, at=NOW)

    def offer(self) -> None:
        waiting.close_offers()
        for product_id in waiting.products_with_people():
            if waiting.offer_next(product_id, at=NOW):
                return  # one in a transaction, as the worker does
        raise Nothing

    def resize(self) -> None:
        kind = self.lot.choice([Quota, PriceTier, Voucher])
        thing, size = self._one(kind), self.lot.randint(2, 20)
        if kind is Quota:
            capacity.resize_quota(thing, size)
        elif kind is PriceTier:
            capacity.resize_tier(thing, size)
        else:
            capacity.resize_voucher(thing, size)

    def relink(self) -> None:
        product, quota = self._one(Product, Product.name == "Cheap"), self._one(Quota)
        link = capacity.leave_quota if quota in product.quotas else capacity.join_quota
        link(product, quota)

    def give_back(self) -> None:
        order = self._one(Order, Order.receivable_id.is_not(None))
        owed = -order.receivable.balance.cents
        if owed <= 0:
            raise Nothing
        source = f"back:{order.id}:{len(order.receivable.entries)}"
        payments.give_back(order, owed, Method.TRANSFER, source=source, at=NOW)
