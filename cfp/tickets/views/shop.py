"""The shop: what there is, what it costs now and from when more, and the first step to an order."""

from __future__ import annotations

from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from cfp import clock, display
from cfp.access import Role, allow
from cfp.conference.current import current_conference
from cfp.db import release
from cfp.errors import Refused
from cfp.tickets.forms.buying import LinkAgainForm, ShopForm, chosen_from
from cfp.tickets.front import window
from cfp.tickets.ladder import ladder_of
from cfp.tickets.links import network_code, order_token
from cfp.tickets.models import Order
from cfp.tickets.service import expiry, holding, links
from cfp.tickets.service.holding import Asked
from cfp.tickets.service.shelf import Shelf, find_voucher, shelf_of
from cfp.tickets.views.blueprint import me, pages


@pages.get("/<conference>/tickets/")
@allow(Role.ANYONE)
def shop():
    """Look at the tickets and choose."""
    form = ShopForm(formdata=request.args if "voucher" in request.args else None)
    return show_window(form, shelf_of(current_conference()), clock.now())


@pages.post("/<conference>/tickets/")
@allow(Role.ANYONE)
def choose():
    """Keep the chosen tickets for half an hour."""
    conference, at, form = current_conference(), clock.now(), ShopForm()
    if form.validate_on_submit():
        with form.refusals():
            order = _hold(conference, form, at)
            return redirect(_first_step(order), 303)
    release()  # the refused hold is gone; what is shown is what is left now
    _let_go(form, at)
    return show_window(form, shelf_of(conference), at), 422


def _hold(conference, form, at) -> Order:
    _let_go(form, at)
    shelf = shelf_of(conference)
    found = find_voucher(conference, form.voucher.data or "", at)
    goods = window(shelf, at, found.as_voucher() if found else None)
    basket = chosen_from(request.form, goods, form.voucher.data or "")
    network = network_code(request.remote_addr or "")
    asked = Asked(form.key.data, language=str(get_locale()), network=network)
    order, is_new = holding.hold(conference, basket, asked, at=at, by=me(), shelf=shelf)
    if is_new:
        _tell_new_prices(order)
    return order


def _let_go(form: ShopForm, at: datetime) -> None:
    """Whoever chose anew gets no less than before; of a page that refuses it comes to nothing."""
    if form.instead.data:
        expiry.let_go(current_conference(), form.instead.data, at=at)


def _tell_new_prices(order: Order) -> None:
    """Say it when something costs other than the page said when it was opened."""
    for ticket in order.tickets:
        seen = request.form.get(f"p-{ticket.product.code}-{ticket.audience_id or 0}", "")[:9]
        if seen.isdecimal() and int(seen) != ticket.cents:
            name, now = ticket.product.name, display.money(ticket.cents)
            text = _(
                "“%(name)s” costs %(now)s by now; it was %(seen)s when you opened the page.",
                name=name,
                now=now,
                seen=display.money(int(seen)),
            )
            flash(text, "warning")
            return


def _first_step(order: Order) -> str:
    return url_for("tickets.people", code=order.code, token=order_token(order))


def show_window(form: ShopForm, shelf: Shelf, at: datetime, **more) -> str:
    """The shop as it is at a moment; also as it will be, for those who plan it."""
    voucher = None
    if form.voucher.data and not form.voucher.errors:
        with form.refusals():
            voucher = find_voucher(current_conference(), form.voucher.data, at)
    goods = window(shelf, at, voucher.as_voucher() if voucher else None)
    return render_template(
        "tickets/shop.html",
        form=form,
        shelf=shelf,
        goods=goods,
        at=at,
        is_open=shelf.is_open(at),
        voucher=voucher,
        chosen={k: v for k, v in request.form.items() if k.startswith("n-")},
        ladder=ladder_of(goods, shelf, at, with_catering="preview" in more),
        **{"preview": None} | more,
    )


@pages.route("/<conference>/tickets/link/", methods=["GET", "POST"])
@allow(Role.ANYONE)
def link_again():
    """Have the link to one's orders sent again; known and unknown addresses see the same."""
    form = LinkAgainForm()
    if form.validate_on_submit():
        network = request.remote_addr or ""
        try:
            links.send_again(current_conference(), form.email.data, network, at=clock.now())
        except Refused as refused:
            form.form_errors = [refused.sentence]
        else:
            flash(
                _("If there are orders with this address, their links are on the way."), "success"
            )
            return redirect(url_for("tickets.shop"), 303)
    return render_template("tickets/link.html", form=form), form.status
