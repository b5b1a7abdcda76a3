"""The code that a banking app scans: whom to pay how much for an order, under which reference."""

from __future__ import annotations

from markupsafe import Markup

from cfp.billing import giro
from cfp.money import Money
from cfp.tickets.models import Order, Shop


def girocode(shop: Shop, order: Order, cents: int) -> Markup | None:
    """The GiroCode as SVG; none without an account, or for an amount that none can hold."""
    if order.receivable is None:
        return None
    amount, reference = Money(cents).amount, order.receivable.reference
    holder = shop.account_holder or order.conference.name
    code = giro.code(holder, shop.iban, shop.bic, amount, reference)
    if code is None:
        return None
    svg = code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass="girocode")
    return Markup(svg)  # noqa: S704  (made by segno out of black and white squares)
