"""The buyer's page of an order, behind its secret link."""

from __future__ import annotations

from flask import render_template

from cfp.access import Role, allow
from cfp.tickets.views.blueprint import order_or_404, pages


@pages.get("/<conference>/orders/<code>/<token>/")
@allow(Role.ANYONE)
def order(code, token):
    """See one's order; the address holds a secret."""
    return render_template("tickets/order.html", order=order_or_404(code, token))
