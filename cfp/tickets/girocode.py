"""The code that a banking app scans: whom to pay how much, under which reference (EPC069-12)."""

from __future__ import annotations

from markupsafe import Markup

from cfp.money import Money
from cfp.tickets.models import Order, Shop


def girocode(shop: Shop, order: Order, cents: int) -> Markup | None:
    """The GiroCode as SVG; none without an account, or for an amount that none can hold."""
    from segno import helpers  # noqa: PLC0415

    if order.receivable is None or not shop.iban or not 0 < cents < 10**11:
        return None
    code = helpers.make_epc_qr(
        name=shop.account_holder[:70],
        iban=shop.iban,
        amount=Money(cents).amount,
        reference=order.receivable.reference,
        bic=shop.bic or None,
    )
    svg = code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass="girocode")
    return Markup(svg)  # noqa: S704  (made by segno out of black and white squares)
