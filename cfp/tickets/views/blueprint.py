"""The blueprint of selling, and how a page finds its order: by its code and its secret."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from flask import Blueprint, abort, request, url_for
from flask_babel import get_locale

from cfp import clock
from cfp.conference.current import current_conference
from cfp.db import db
from cfp.tickets import queries
from cfp.tickets.links import is_token_of, order_token
from cfp.tickets.models import Order, Product
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
        select = queries.by_code(current_conference(), code)
        found = db.session.scalar(select.options(*queries.with_tickets()))
    if found is None or not is_token_of(found, token):
        abort(404)
    return found


def link_to(order: Order, endpoint: str = "tickets.order") -> str:
    """A page of an order, with its secret."""
    return url_for(endpoint, code=order.code, token=order_token(order))
