"""The buyer's page of an order, behind its secret link: what it is, and all that can be done."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request
from flask_babel import gettext as _

from cfp import clock, display
from cfp.access import Role, allow
from cfp.billing.models import Method
from cfp.db import db
from cfp.people.session import visitor
from cfp.tickets import queries
from cfp.tickets.forms.buying import AddForm, PassOnForm
from cfp.tickets.girocode import girocode
from cfp.tickets.links import order_token
from cfp.tickets.models import ADMITTED, OWES, SOLD, Order, OrderState, Ticket
from cfp.tickets.queries.orders import added_later
from cfp.tickets.service import cards, changes, checkout, extending, invoices, proofs
from cfp.tickets.service.basket import Chosen
from cfp.tickets.service.shelf import shelf_of
from cfp.tickets.views.blueprint import hosts_first, link_to, order_or_404, pages
from cfp.tickets.views.checkout import is_over, methods_of


@pages.get("/<conference>/orders/<code>/<token>/")
@allow(Role.ANYONE)
def order(code, token):
    """See one's order; the address holds a secret."""
    found = order_or_404(code, token)
    if is_over(found) and found.placed_at is None:
        return render_template("tickets/over.html", order=found, again=link_to(found, AGAIN))
    if found.state is OrderState.HELD:
        return redirect(link_to(found, "tickets.people"), 303)
    return render_template("tickets/order.html", order=found, **_around(found))


AGAIN = "tickets.again"


def _around(found: Order) -> dict[str, object]:
    """What a page about a placed order shows besides it."""
    shop = db.session.scalars(queries.shop_of(found.conference)).one()
    balance = found.receivable.balance.cents if found.receivable else 0
    waits = found.state in OWES and balance > 0
    by = {"transfer": waits and found.method is Method.TRANSFER, "shop": shop}
    return {
        **by,
        "balance": balance,
        "waits": waits,
        "code_to_scan": girocode(shop, found, balance) if by["transfer"] else None,
        "card_page": cards.open_page(found) if waits and found.method is Method.CARD else None,
        "method_is_card": found.method is Method.CARD,
        "token": order_token(found),
        "token_of": order_token,
        "methods": methods_of(shop) if waits else [],
        "link": lambda endpoint: link_to(found, endpoint),
        "can_change": found.state in SOLD,
        "wants_proof": lambda ticket: proofs.can_be_sent(ticket, clock.now()),
        "later": _added_later(found),
        "may_add": found.state in ADMITTED and not found.extends_id and extending.any_extra(found),
        "paper": invoices.paper_of(found),
        "may_invoice": invoices.can_be_asked(found),
    }


def _added_later(found: Order) -> list[Order]:
    """Orders that add something to this one; nothing is added before it is paid."""
    if found.state not in {*ADMITTED, OrderState.OWING}:
        return []
    return [*db.session.scalars(added_later(found))]


@pages.route("/<conference>/orders/<code>/<token>/add/", methods=["GET", "POST"])
@allow(Role.ANYONE)
def add_to_order(code, token):
    """Add a workshop, the evening or a thing to a ticket that is bought."""
    found, form = order_or_404(code, token), AddForm()
    if form.validate_on_submit():
        with form.refusals():
            extending.let_go(found, form.instead.data, at=clock.now())
            fields = request.form.getlist("extra")
            new = extending.add(found, fields, form.key.data, at=clock.now(), by=visitor())
            return redirect(link_to(new, "tickets.payment"), 303)
    extending.let_go(found, form.instead.data, at=clock.now())  # so that it is offered again
    extras = extending.extras(found, shelf_of(found.conference), clock.now())
    page = render_template(
        "tickets/add.html", order=found, extras=extras, form=form, back=link_to(found)
    )
    return page, form.status


def ticket_or_404(order: Order, ticket_code: str) -> Ticket:
    """A live ticket of an order; who presses twice is led to the order, where all is done."""
    found = next((t for t in order.tickets if t.code == ticket_code), None) or abort(404)
    if found not in order.live:
        abort(redirect(link_to(order), 303))
    return found


@pages.post("/<conference>/orders/<code>/<token>/method")
@allow(Role.ANYONE)
def method(code, token):
    """Pay in another way."""
    found = order_or_404(code, token)
    shop = db.session.scalars(queries.shop_of(found.conference)).one()
    wanted = next((m for m in methods_of(shop) if m.value == request.form.get("method")), None)
    if wanted is None:
        abort(400)
    checkout.choose_method(found, wanted, at=clock.now())
    cards.close_pages(found, at=clock.now())
    cards.ask_for_page(found, at=clock.now())
    return redirect(link_to(found), 303)


@pages.route(
    "/<conference>/orders/<code>/<token>/tickets/<ticket_code>/pass-on/", methods=["GET", "POST"]
)
@allow(Role.ANYONE)
def pass_on(code, token, ticket_code):
    """Give a ticket to somebody else."""
    found = order_or_404(code, token)
    ticket, form = ticket_or_404(found, ticket_code), PassOnForm()
    if form.validate_on_submit():
        with form.refusals():
            said = form.name.data, form.email.data
            changes.pass_on(found, ticket, *said, at=clock.now(), by=visitor())
            flash(_("The ticket now belongs to %(name)s.", name=form.name.data), "success")
            return redirect(link_to(found), 303)
    page = render_template(
        "tickets/pass_on.html", order=found, ticket=ticket, form=form, back=link_to(found)
    )
    return page, form.status


@pages.route("/<conference>/orders/<code>/<token>/cancel/", methods=["GET", "POST"])
@allow(Role.ANYONE)
def cancel(code, token):
    """Cancel tickets, after reading what comes back for each."""
    found = order_or_404(code, token)
    if request.method == "POST":
        meant = [t for t in found.tickets if t.code in request.form.getlist("ticket")]
        chosen = [ticket for ticket in meant if ticket in found.live]
        if meant and not chosen:  # pressed twice
            return redirect(link_to(found), 303)
        back = changes.cancel(found, chosen, at=clock.now(), by=visitor())
        text = _("Cancelled. %(money)s go back to you.", money=display.money(back))
        flash(text if back else _("Cancelled."), "success")
        return redirect(link_to(found), 303)
    if found.state not in SOLD:
        return redirect(link_to(found), 303)
    endings = changes.endings(found, hosts_first(found.live), clock.now())
    return render_template("tickets/cancel.html", order=found, endings=endings, back=link_to(found))


@pages.route(
    "/<conference>/orders/<code>/<token>/tickets/<ticket_code>/change/", methods=["GET", "POST"]
)
@allow(Role.ANYONE)
def change(code, token, ticket_code):
    """Change a ticket into another of its kind."""
    found = order_or_404(code, token)
    ticket = ticket_or_404(found, ticket_code)
    shelf = shelf_of(found.conference)
    if request.method == "POST":
        wanted = [p for p in shelf.products.values() if p.code == request.form.get("product")]
        if not wanted:
            abort(400)
        changes.change_product(
            found, ticket, Chosen(wanted[0].id, 1, ticket.audience_id), at=clock.now(), by=visitor()
        )
        flash(_("The ticket is now “%(name)s”.", name=wanted[0].name), "success")
        return redirect(link_to(found), 303)
    options = changes.options(ticket, shelf, clock.now())
    return render_template(
        "tickets/change.html", order=found, ticket=ticket, options=options, back=link_to(found)
    )
