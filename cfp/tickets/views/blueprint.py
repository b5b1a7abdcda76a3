"""The blueprint of selling, and how a page finds its order: by its code and its secret."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from flask import Blueprint, abort, flash, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from cfp import clock, display
from cfp.conference.current import current_conference
from cfp.db import db
from cfp.tickets import queries
from cfp.tickets.links import is_token_of, order_token
from cfp.tickets.models import Order, Product, Ticket
from cfp.tickets.service.locking import find_locked

pages = Blueprint("tickets", __name__)


@pages.app_template_filter()
def blocks(text: str) -> str:
    """An account or a reference as people read it, in blocks of four."""
    plain = text.replace(" ", "")
    return " ".join(plain[n : n + 4] for n in range(0, len(plain), 4))


@pages.app_template_filter()
def amount(cents: int) -> str:
    """An amount in a long list, ten times as fast as ``money``: without its currency."""
    return f"{cents // 100}.{cents % 100:02}".replace(".", _decimal_sign())


@pages.app_template_filter()
def hosts_first(tickets: Iterable[Ticket]) -> list[Ticket]:
    """Each person's ticket, and what belongs to it right below."""
    places = {ticket.id: n for n, ticket in enumerate(tickets)}
    own = {ticket.id: places.get(ticket.belongs_to_id or 0, -1) for ticket in tickets}
    return sorted(
        tickets,
        key=lambda t: (places[t.id], 0) if own[t.id] < 0 else (own[t.id], 1 + places[t.id]),
    )


@pages.app_template_filter()
def stamp(at: datetime | None) -> str:
    """A moment in a long list, the same everywhere: 2027-02-18 23:59, on the conference's clock."""
    zone = current_conference().timezone
    return f"{clock.local(at, zone):%Y-%m-%d %H:%M}" if at else ""


def _decimal_sign() -> str:
    return "," if str(get_locale()) == "de" else "."


def product_or_404(code: str) -> Product:
    """A product of this edition that anybody can buy, or wait for."""
    found = db.session.scalar(
        sa.select(Product).where(
            Product.conference_id == current_conference().id,
            Product.code == code,
            Product.on_sale,
            ~Product.needs_voucher,
        )
    )
    return found or abort(404)


def order_or_404(code: str, token: str) -> Order:
    """The order behind a secret link; without the right secret it does not exist."""
    if request.method == "POST":
        found = find_locked(current_conference(), code)
    else:
        select = queries.to_look_at(queries.by_code(current_conference(), code))
        found = db.session.scalars(select).unique().one_or_none()
    if found is None or not is_token_of(found, token):
        abort(404)
    return found


def tell_new_prices(tickets: Iterable[tuple[Ticket, int]]) -> None:
    """Say of each product that costs something else than its page said when it was opened."""
    for product, now, seen in dict.fromkeys((t.product, t.cents, seen) for t, seen in tickets):
        if now != seen:
            text = _(
                "“%(name)s” costs %(now)s by now; it was %(seen)s when you opened the page.",
                name=product.name,
                now=display.money(now),
                seen=display.money(seen),
            )
            flash(text, "warning")


def link_to(order: Order, endpoint: str = "tickets.order") -> str:
    """A page of an order, with its secret."""
    return url_for(endpoint, code=order.code, token=order_token(order))
