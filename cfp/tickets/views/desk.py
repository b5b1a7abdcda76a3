"""The box office without a scanner: people found by name, sold to, and let in by hand."""

from __future__ import annotations

from uuid import uuid4

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from cfp import clock, display
from cfp.access import Role, allow
from cfp.conference.current import current_conference
from cfp.db import db, release
from cfp.forms import clean_line
from cfp.tickets.admission import Passage, Verdict
from cfp.tickets.forms.buying import chosen_from
from cfp.tickets.forms.desk import DeskForm
from cfp.tickets.front import Goods, window
from cfp.tickets.links import order_link, ticket_secret
from cfp.tickets.models import CheckIn, Order, Ticket
from cfp.tickets.queries import doors as queries
from cfp.tickets.service import desk, doors
from cfp.tickets.service.doors import Place, Scan
from cfp.tickets.service.holding import PriceChanged
from cfp.tickets.service.known import known
from cfp.tickets.service.printing import printable
from cfp.tickets.service.qr import qr_png
from cfp.tickets.service.shelf import Shelf, shelf_of
from cfp.tickets.service.verdicts import reason, texts
from cfp.tickets.views.blueprint import pages
from cfp.tickets.views.doors import person
from cfp.tickets.views.orders import team_order_or_404

MOST = 50


@pages.get("/<conference>/team/doors/people/")
@allow(Role.ORGANISER, Role.BOX_OFFICE)
def door_people():
    """Find somebody by name, company, order or ticket."""
    asked = clean_line(request.args.get("q", ""))[:80]
    found = known(current_conference(), None, clock.now(), asked) if len(asked) >= 2 else []
    nonces = [uuid4().hex for _one in found[:MOST]]
    paid = [one["ticket"] for one in found[:MOST] if one["paid"]]
    return render_template(
        "tickets/door_people.html",
        asked=asked,
        found=found[:MOST],
        more=found[MOST:],
        nonces=nonces,
        orders=dict(db.session.execute(queries.orders_of(paid)).all()) if paid else {},
    )


@pages.post("/<conference>/team/doors/people/<code>/pass")
@allow(Role.ORGANISER, Role.BOX_OFFICE)
def let_pass(code):
    """Let somebody in or out."""
    conference, at = current_conference(), clock.now()
    ticket = db.session.scalar(queries.ticket_to_judge(conference, Ticket.code == code))
    passage = request.form.get("passage", "entry")
    if ticket is None or passage not in {"entry", "exit"}:
        abort(404)
    nonce = clean_line(request.form.get("nonce", ""))[:64] or uuid4().hex
    place = Place(conference, by=person())
    found = doors.scan(place, Scan(nonce, Passage(passage), code=code), at=at)
    _tell(found)
    return redirect(url_for("tickets.door_people", q=clean_line(request.form.get("q", ""))[:80]))


def _tell(found: CheckIn) -> None:
    """Say on the next page what became of it; a refusal is kept as a row as well."""
    name = (found.ticket.name or found.ticket.code) if found.ticket else ""
    if found.verdict is not Verdict.OK:
        flash(f"{name}: {reason(found, current_conference().timezone)}", "error")
    elif found.passage is Passage.EXIT:
        flash(_("%(name)s is out.", name=name), "success")
    else:
        flash(_("%(name)s is in.", name=name), "success")
        for sentence in texts(found.ticket):
            flash(sentence, "warning")


@pages.get("/<conference>/team/doors/sell/")
@allow(Role.ORGANISER, Role.BOX_OFFICE)
def desk_window():
    """See what can be sold at the desk now."""
    form = DeskForm(formdata=None, data={"prints": "print" in request.args, "lets_in": True})
    return _desk_page(form, shelf_of(current_conference()))


@pages.post("/<conference>/team/doors/sell/")
@allow(Role.ORGANISER, Role.BOX_OFFICE)
def sell_at_desk():
    """Sell for cash and let in, in one step."""
    form, shelf = DeskForm(), shelf_of(current_conference())
    if form.validate_on_submit():
        with form.refusals():
            order = _sell(form, shelf)
            prints = "" if form.prints.data else None
            return redirect(url_for("tickets.order_badges", code=order.code, print=prints), 303)
    release()  # the refused sale is gone; what is shown is what is left now
    return _desk_page(form, shelf_of(current_conference())), 422


def _sell(form: DeskForm, shelf: Shelf) -> Order:
    conference, at = current_conference(), clock.now()
    sale = desk.Sale(
        key=form.key.data,
        basket=chosen_from(request.form, window(shelf, at), ""),
        seen=form.sum_seen(),
        names=form.list_of_names(),
        email=form.email.data or "",
        language=str(get_locale()),
        lets_in=form.lets_in.data,
    )
    try:
        order, is_in = desk.sell(conference, sale, at=at, by=person(), shelf=shelf)
    except PriceChanged as changed:
        form.seen.data = str(changed.cents)
        raise
    said = [_("%(money)s in cash.", money=display.money(order.cents))]
    said += [ngettext("One is in.", "%(num)s are in.", len(is_in))] if is_in else []
    flash(" ".join(said), "success")
    return order


def _desk_page(form: DeskForm, shelf: Shelf) -> str:
    goods: list[Goods] = window(shelf, clock.now())
    chosen = {name: n for name, n in request.form.items() if name.startswith("n-")}
    return render_template("tickets/desk.html", form=form, goods=goods, chosen=chosen)


@pages.get("/<conference>/team/orders/<code>/badges/")
@allow(Role.ORGANISER, Role.BOX_OFFICE)
def order_badges(code):
    """Print the badges of one order, and show its link to whoever bought."""
    order = team_order_or_404(code)
    return render_template(
        "tickets/order_badges.html",
        order=order,
        tickets=[ticket for ticket in printable(order) if ticket.belongs_to_id is None],
        qr=lambda ticket: qr_png(ticket_secret(ticket), scale=4),
        link_qr=qr_png(order_link(order), scale=4),
        prints="print" in request.args,
    )
