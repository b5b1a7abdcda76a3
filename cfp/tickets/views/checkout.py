"""The way to an order: people, invoice, payment; and what to do when the half hour is over."""

from __future__ import annotations

from flask import redirect, render_template, request
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.billing.models import Method
from cfp.db import db
from cfp.forms import clean_line
from cfp.people.session import visitor
from cfp.tickets import queries
from cfp.tickets.forms.buying import BuyerForm, PaymentForm, PeopleForm, people_form
from cfp.tickets.links import network_code
from cfp.tickets.models import GONE, Order, OrderState, Shop
from cfp.tickets.service import cards, checkout, expiry, holding
from cfp.tickets.service.checkout import Buyer
from cfp.tickets.views.blueprint import link_to, order_or_404, pages, tell_new_prices


def is_over(order: Order) -> bool:
    """Whether the places are not kept any more."""
    is_late = clock.is_past(order.held_until, clock.now())
    return order.state is OrderState.EXPIRED or (order.state is OrderState.HELD and is_late)


@pages.route("/<conference>/orders/<code>/<token>/people/", methods=["GET", "POST"])
@allow(Role.ANYONE)
def people(code, token):
    """Say who comes, and what they eat; also after buying."""
    order = order_or_404(code, token)
    if is_over(order) or order.state in GONE:
        _keep_people(order)
        return redirect(link_to(order), 303)
    if not order.admissions:  # what is added later goes with people who are known
        held = order.state is OrderState.HELD
        return redirect(link_to(order, "tickets.payment" if held else "tickets.order"), 303)
    form = people_form(order, _known_person(order))
    tickets, status = order.admissions, form.status
    if len(form.people.entries) != len(tickets):  # a page of other tickets was sent
        form = people_form(order, {}, formdata=None)
        form.form_errors = [_("The tickets have changed meanwhile. Please look at them again.")]
    elif form.validate_on_submit():
        with form.refusals():
            said = [entry.form.who() for entry in form.people.entries]
            who = {ticket.id: one for ticket, one in zip(tickets, said, strict=True)}
            checkout.name_people(order, who, at=clock.now(), by=visitor())
            held = order.state is OrderState.HELD
            return redirect(link_to(order, "tickets.invoice" if held else "tickets.order"), 303)
    return render_template(
        "tickets/people.html", order=order, form=form, tickets=tickets, step=_step
    ), status


def _keep_people(order: Order) -> None:
    """Whoever typed for too long has lost the places, and not what was typed."""
    form = PeopleForm()
    if form.is_submitted():
        form.validate()
        checkout.keep_typed(order, [entry.form.who() for entry in form.people.entries])


def _known_person(order) -> dict[str, str]:
    """Whoever is signed in and buys one ticket most likely buys it for themselves."""
    person = visitor()
    if person is None or order.state is not OrderState.HELD:
        return {}
    return {"name": person.name, "email": person.email or "", "company": person.employer}


@pages.route("/<conference>/orders/<code>/<token>/invoice/", methods=["GET", "POST"])
@allow(Role.ANYONE)
def invoice(code, token):
    """Say who pays, and what the invoice has to show."""
    order = order_or_404(code, token)
    form = BuyerForm(data=_known_buyer(order))
    if is_over(order) or order.state is not OrderState.HELD:
        if form.is_submitted():
            form.validate()
            checkout.keep_typed(order, [], form.buyer())
        return redirect(link_to(order), 303)
    if form.validate_on_submit():
        with form.refusals():
            checkout.bill_to(order, form.buyer(), at=clock.now())
            return redirect(link_to(order, "tickets.payment"), 303)
    return render_template("tickets/invoice.html", order=order, form=form, step=_step), form.status


def _known_buyer(order: Order) -> dict[str, str]:
    known = {name: getattr(order, name) for name in Buyer.__dataclass_fields__}
    if not order.email and order.admissions:
        first = order.admissions[0]
        known |= {"name": first.name, "email": first.email, "company": first.company}
    return known


@pages.route("/<conference>/orders/<code>/<token>/payment/", methods=["GET", "POST"])
@allow(Role.ANYONE)
def payment(code, token):
    """Choose how to pay, read it all once more, and buy."""
    order = order_or_404(code, token)
    if is_over(order) or order.state is not OrderState.HELD:
        return redirect(link_to(order), 303)
    if not order.email:
        return redirect(link_to(order, "tickets.invoice"), 303)
    shop = db.session.scalars(queries.shop_of(order.conference)).one()
    methods = methods_of(shop) if order.cents else [Method.TRANSFER]
    form = PaymentForm(methods, data={"method": methods[0].value})
    if form.validate_on_submit():
        with form.refusals():
            checkout.place(order, form.chosen(), at=clock.now(), by=visitor(), shop=shop)
            cards.ask_for_page(order, at=clock.now())
            return redirect(link_to(order), 303)
    return render_template(
        "tickets/payment.html", order=order, form=form, shop=shop, step=_step
    ), form.status


def methods_of(shop: Shop) -> list[Method]:
    """The ways to pay that this shop has, the one that costs nobody anything first."""
    offered = [
        (Method.TRANSFER, bool(shop.iban)),
        (Method.CARD, shop.takes_cards and cards.are_set_up()),
        (Method.CASH, shop.takes_cash),
    ]
    return [method for method, is_offered in offered if is_offered] or [Method.TRANSFER]


@pages.post("/<conference>/orders/<code>/<token>/again")
@allow(Role.ANYONE)
def again(code, token):
    """Choose the same tickets again after the half hour, at the price of now."""
    order = order_or_404(code, token)
    if order.state is OrderState.HELD:  # what it still kept is there to be chosen again
        expiry.let_go_order(order, at=clock.now(), early=False)
    key, network = request.form.get("key", ""), network_code(request.remote_addr or "")
    new = holding.hold_again(order, clean_line(key), at=clock.now(), by=visitor(), network=network)
    before = zip(new.tickets, order.tickets, strict=False)
    tell_new_prices((ticket, old.cents) for ticket, old in before)
    return redirect(link_to(new, "tickets.people"), 303)


def _step(order: Order, number: int) -> dict[int, str]:
    """Where the steps before lead."""
    ways = {2: "tickets.people", 3: "tickets.invoice"} if order.admissions else {}
    return {n: link_to(order, way) for n, way in ways.items() if n < number}
