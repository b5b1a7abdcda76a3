"""The shop: what there is, what it costs now and from when more, and the first step to an order."""

from __future__ import annotations

from datetime import datetime

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.conference.current import current_conference
from cfp.db import db, release
from cfp.errors import Refused
from cfp.people.session import visitor
from cfp.tickets import queries
from cfp.tickets.forms.buying import LinkAgainForm, ShopForm, chosen_from
from cfp.tickets.front import window
from cfp.tickets.ladder import ladder_of
from cfp.tickets.links import network_code
from cfp.tickets.models import Order, OrderState
from cfp.tickets.service import expiry, holding, links
from cfp.tickets.service.holding import Asked
from cfp.tickets.service.shelf import Shelf, find_voucher, shelf_of
from cfp.tickets.views.blueprint import link_to, pages, tell_new_prices

KEPT = "kept"  # in the browser's session: the order that was begun last


@pages.get("/<conference>/tickets/")
@allow(Role.ANYONE)
def shop():
    """Look at the tickets and choose."""
    form = ShopForm(formdata=request.args if "voucher" in request.args else None)
    kept = _kept()
    form.instead.data = kept.form_key if kept else ""  # whoever chooses anew lets these go
    return show_window(form, shelf_of(current_conference()), clock.now(), kept=kept)


def _kept() -> Order | None:
    """The tickets that this browser chose already and has not bought."""
    if KEPT not in session:
        return None
    found = db.session.scalar(queries.by_code(current_conference(), session[KEPT]))
    if found is None or found.state is not OrderState.HELD:
        return None
    return None if clock.is_past(found.held_until, clock.now()) else found


@pages.post("/<conference>/tickets/")
@allow(Role.ANYONE)
def choose():
    """Keep the chosen tickets for half an hour."""
    conference, at, form = current_conference(), clock.now(), ShopForm()
    if form.validate_on_submit():
        with form.refusals():
            order = _hold(conference, form, at)
            return redirect(link_to(order, "tickets.people"), 303)
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
    order, is_new = holding.hold(conference, basket, asked, at=at, by=visitor(), shelf=shelf)
    if is_new:
        session[KEPT] = order.code
        _tell_new_prices(order)
    return order


def _let_go(form: ShopForm, at: datetime) -> None:
    """Whoever chose anew gets no less than before; of a page that refuses it comes to nothing."""
    if form.instead.data:
        expiry.let_go(current_conference(), form.instead.data, at=at)


def _tell_new_prices(order: Order) -> None:
    """Say it when something costs other than the page said when it was opened."""
    fields = [(t, f"p-{t.product.code}-{t.audience_id or 0}") for t in order.tickets]
    said = [(ticket, request.form.get(field, "")[:9]) for ticket, field in fields]
    tell_new_prices((ticket, int(seen)) for ticket, seen in said if seen.isdecimal())


def show_window(
    form: ShopForm, shelf: Shelf, at: datetime, kept: Order | None = None, **more
) -> str:
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
        kept=kept,
        kept_link=link_to(kept, "tickets.people") if kept else "",
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
