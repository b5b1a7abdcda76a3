"""The invoice over an order: asked for by the buyer or for them, corrected, and fetched."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.headers import attached
from cfp.people.session import me, visitor
from cfp.tickets.forms.buying import InvoiceForm
from cfp.tickets.links import order_token
from cfp.tickets.models import Order, OrderState
from cfp.tickets.service import invoices
from cfp.tickets.service.checkout import Buyer
from cfp.tickets.views.blueprint import link_to, order_or_404, pages
from cfp.tickets.views.orders import team_order_or_404
from cfp.tickets.views.organising import SELLERS


@pages.route("/<conference>/orders/<code>/<token>/bill/", methods=["GET", "POST"])
@allow(Role.ANYONE)
def order_invoice(code, token):
    """Ask for the invoice, correct the address on it, and fetch it."""
    found = order_or_404(code, token)
    if found.state is OrderState.HELD:
        return redirect(link_to(found), 303)
    return _asked(found, link_to(found, "tickets.order_invoice"), link_to(found), visitor())


@pages.get("/<conference>/orders/<code>/<token>/bill/<invoice_code>.pdf")
@allow(Role.ANYONE)
def order_invoice_pdf(code, token, invoice_code):
    """The bytes that were issued."""
    issued = invoices.paper_of(order_or_404(code, token)).issued
    found = next((one for one in issued if one.code == invoice_code), None) or abort(404)
    return attached(found.archive.pdf, f"{found.number}.pdf", "application/pdf")


@pages.route("/<conference>/team/orders/<code>/bill/", methods=["GET", "POST"])
@allow(*SELLERS)
def invoice_for(code):
    """Ask for the invoice for a buyer, or correct the address on it."""
    here, back = url_for("tickets.invoice_for", code=code), url_for("tickets.detail", code=code)
    return _asked(team_order_or_404(code), here, back, me(), template="team.html")


def _asked(found: Order, here: str, back: str, by, template: str = "layout.html"):
    form = InvoiceForm(data={name: getattr(found, name) for name in Buyer.__dataclass_fields__})
    if form.validate_on_submit():
        with form.refusals():
            invoices.ask(found, form.buyer(email=found.email), at=clock.now(), by=by)
            flash(_("The invoice is being made. This takes a few seconds."), "success")
            return redirect(f"{here}?waits=", 303)
    paper = invoices.paper_of(found)
    page = render_template(
        "tickets/order_invoice.html",
        base=template,
        order=found,
        form=form,
        paper=paper,
        token=order_token(found),
        here=here,
        back=back,
        can_ask=invoices.can_be_asked(found),
        waits=paper.is_being_made and "waits" in request.args,
    )
    return page, form.status
