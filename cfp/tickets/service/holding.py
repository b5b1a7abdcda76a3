"""Holding places: the first step of every purchase, and the only one at which a price is found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from cfp.codes import hashed, new_code
from cfp.conference.models import Conference
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.tickets import queries
from cfp.tickets.links import ticket_secret
from cfp.tickets.models import Channel, Order, OrderState, TaxCategory, Ticket, TicketState, Voucher
from cfp.tickets.pricing import Priced, Short
from cfp.tickets.service import basket as baskets
from cfp.tickets.service.basket import Basket
from cfp.tickets.service.capacity import SoldOut, change_stock
from cfp.tickets.service.shelf import Shelf, find_voucher, shelf_of

PAST_THE_LINE = frozenset({Channel.WAITING_LIST, Channel.IMPORT})  # no places of those who wait
TRIES = 3  # a code may be drawn that another order or ticket has
LEAST_FROM_ONE, MOST_FROM_ONE = 20, 60  # tickets held from one network before they are bought


class KeyReused(Refused):
    """A key that named one purchase comes with another one; the web answers 422."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This form was sent before with something else in it. Press the button again if"
                " this is what you want now."
            )
        )


class PriceChanged(Refused):
    """What was chosen costs something else than the page said."""

    def __init__(self, seen: int, cents: int) -> None:
        super().__init__(_("The price has changed since you opened this page. Please look again."))
        self.seen, self.cents = seen, cents


@dataclass(frozen=True)
class Asked:
    """How a basket comes: by which form, at what price as seen, through which channel.

    ``extends``: it is added to that order, each unit to the ticket of ``hosts`` in its place.
    """

    key: str
    seen: int | None = None
    channel: Channel = Channel.SHOP
    language: str = "en"
    held_until: datetime | None = None
    network: str = ""
    extends: Order | None = None
    hosts: tuple[int, ...] = ()

    def digest_of(self, basket: Basket) -> str:
        """What this form says, in 64 characters."""
        if not self.hosts:
            return basket.digest
        return hashed(f"{basket.digest} to {self.hosts}")


def hold(
    conference: Conference,
    basket: Basket,
    asked: Asked,
    *,
    at: datetime,
    by: Person | None = None,
    shelf: Shelf | None = None,
) -> tuple[Order, bool]:
    """Keep places at today's price; returns the order and whether it is new.

    The same form twice, also at the same moment, is one order. Another basket under its key is
    refused. ``asked.seen`` is what the buyer saw it would cost; another price is refused too.
    """
    known = find_held(conference, basket, asked)
    if known is not None:
        return known, False
    shelf = shelf or shelf_of(conference)
    voucher = _check(conference, basket, asked, shelf, at)
    units = _priced(basket, asked, shelf, voucher, at)
    order, is_new = _take(conference, basket, asked, _Found(shelf, voucher, units), at)
    if is_new:
        log("held", order, by=by, at=at, tickets=len(units), cents=sum(u.cents for u in units))
    return order, is_new


@dataclass(frozen=True)
class _Found:
    """What a basket came to: from which shelf, with which voucher, each unit at its price."""

    shelf: Shelf
    voucher: Voucher | None
    units: list[Priced]


def _check(
    conference: Conference, basket: Basket, asked: Asked, shelf: Shelf, at: datetime
) -> Voucher | None:
    """Refuse what is not sold so; returns the voucher."""
    if asked.channel is Channel.SHOP and not shelf.is_open(at):
        raise Refused(_("Tickets are not on sale now."))
    if asked.network:
        _check_network(asked.network, basket, shelf, at)
    voucher = find_voucher(conference, basket.voucher, at)
    baskets.check(basket, shelf, voucher, is_offer=asked.channel in PAST_THE_LINE)
    return voucher


def _priced(
    basket: Basket, asked: Asked, shelf: Shelf, voucher: Voucher | None, at: datetime
) -> list[Priced]:
    units = baskets.priced(basket, shelf, voucher, at)
    if isinstance(units, Short):
        raise _too_few(units)
    total = sum(unit.cents for unit in units)
    if asked.seen is not None and asked.seen != total:
        raise PriceChanged(asked.seen, total)
    return units


def _take(
    conference: Conference, basket: Basket, asked: Asked, found: _Found, at: datetime
) -> tuple[Order, bool]:
    """The order with its places: all of it or nothing, whoever catches the refusal."""
    rates = rates_of(conference)
    for tries_left in reversed(range(TRIES)):
        order = _empty(conference, basket, asked, found.shelf, at)
        try:
            with db.session.begin_nested():
                db.session.add(order)
                db.session.flush()
                _fill(order, found, rates)
                _attach(order, found, asked)
                change_stock(take=order.tickets, at=at)
        except IntegrityError:
            known = find_held(conference, basket, asked)
            if known is not None:  # the same click, a moment ago, in another process
                return known, False
            if not tries_left:
                raise
        else:
            return order, True
    raise AssertionError  # the last try returns or raises


def hold_again(
    order: Order, key: str, *, at: datetime, by: Person | None = None, network: str = ""
) -> Order:
    """The same tickets once more after their time was over, at the price of now; the names stay."""
    if order.placed_at is not None or order.state not in {OrderState.HELD, OrderState.EXPIRED}:
        raise Refused(_("This is ordered already."))
    counted = Counter((t.product_id, t.audience_id) for t in order.tickets)
    words = {t.voucher.word for t in order.tickets if t.voucher is not None}
    lines = tuple(baskets.Chosen(p, number, who) for (p, who), number in counted.items())
    basket = Basket(lines, min(words, default=""))
    asked = Asked(f"again:{order.id}:{key[:40]}", language=order.language, network=network)
    new, is_new = hold(order.conference, basket, asked, at=at, by=by)
    if is_new:
        for old, ticket in zip(order.tickets, new.tickets, strict=False):
            for name in ("name", "email", "company", "diet", "allergies", "access_needs"):
                setattr(ticket, name, getattr(old, name))
        for name in ("name", "email", "company", "street", "postcode", "city", "country", "vat_id"):
            setattr(new, name, getattr(order, name))
    return new


def _check_network(network: str, basket: Basket, shelf: Shelf, at: datetime) -> None:
    """Nobody holds the whole house from one place. What is one's first order is always held."""
    held = db.session.scalar(queries.held_from(network, at)) or 0
    if held and held + basket.number > most_from_network(shelf):
        raise Refused(
            _(
                "Many tickets are held from your network just now. Please finish an order first,"
                " or try again in a few minutes."
            )
        )


def most_from_network(shelf: Shelf) -> int:
    """What the edition says, else a quarter of its places, within reason."""
    if shelf.shop is not None and shelf.shop.most_from_network is not None:
        return shelf.shop.most_from_network
    sizes = {quota.id: quota.size for p in shelf.products.values() for quota in p.quotas}
    return max(LEAST_FROM_ONE, min(MOST_FROM_ONE, sum(sizes.values()) // 4))


def find_held(conference: Conference, basket: Basket, asked: Asked) -> Order | None:
    """The order that this form made before, if it did."""
    known: Order | None = db.session.scalar(queries.by_form_key(conference, asked.key))
    if known is not None and known.form_digest != asked.digest_of(basket):
        raise KeyReused
    return known


def _empty(
    conference: Conference, basket: Basket, asked: Asked, shelf: Shelf, at: datetime
) -> Order:
    minutes = shelf.shop.hold_minutes if shelf.shop else 30
    return Order(
        code=new_code(),
        conference=conference,
        form_key=asked.key,
        form_digest=asked.digest_of(basket),
        extends=asked.extends,
        network=asked.network,
        channel=asked.channel,
        language=asked.language,
        created_at=at,
        held_until=asked.held_until or at + timedelta(minutes=minutes),
        tickets=[],
    )


def _fill(order: Order, found: _Found, rates: dict[TaxCategory, int]) -> None:
    shelf, voucher = found.shelf, found.voucher
    for unit in found.units:
        product = shelf.products[unit.product]
        order.tickets.append(
            new_ticket(
                order,
                unit,
                product=product,
                audience=shelf.audiences.get(unit.audience or 0),
                tax_rate=rates.get(product.tax, 0),
                voucher_id=voucher.id if voucher and unit.with_voucher else None,
            )
        )


def _attach(order: Order, found: _Found, asked: Asked) -> None:
    """What is added belongs to a ticket: of the same basket, or of an order bought before."""
    if asked.hosts:
        for ticket, host_id in zip(order.tickets, asked.hosts, strict=True):
            ticket.belongs_to_id = host_id
        return
    for ticket, host in zip(order.tickets, baskets.hosts(found.units, found.shelf), strict=True):
        if host is not None:
            ticket.belongs_to = order.tickets[host]


def new_ticket(order: Order, unit: Priced, **values: object) -> Ticket:
    """A ticket at that price which takes no place yet."""
    ticket = Ticket(
        code=new_code(),
        conference_id=order.conference_id,
        position=len(order.tickets),
        product_id=unit.product,
        tier_id=unit.tier.id,
        state=TicketState.RELEASED,
        cents=unit.cents,
        steps=[[step.kind.value, step.label, step.change, step.after] for step in unit.steps],
        secret_version=1,
        **values,
    )
    ticket.secret_hash = hashed(ticket_secret(ticket))
    return ticket


def rates_of(conference: Conference) -> dict[TaxCategory, int]:
    """The tax rate of each category on the edition's first day, in hundredths of a percent."""
    found: dict[TaxCategory, int] = {}
    for row in db.session.scalars(queries.tax_rates(conference)):
        found.setdefault(row.category, row.rate)
    return found


def _too_few(short: Short) -> Refused:
    if not short.left:
        return SoldOut(short.offer.name)
    return Refused(_("Only %(n)s of “%(name)s” are left.", n=short.left, name=short.offer.name))
