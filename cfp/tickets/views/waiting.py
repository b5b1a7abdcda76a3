"""The waiting list: joining it, one's own place in it, and the team's view of it."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.conference.current import current_conference
from cfp.db import db
from cfp.people.session import me
from cfp.tickets.forms.buying import WaitingForm
from cfp.tickets.links import is_token_of_entry, waiting_token
from cfp.tickets.models import Product, Waiting, WaitingListEntry
from cfp.tickets.queries import waiting as queries
from cfp.tickets.service import waiting
from cfp.tickets.service.basket import Chosen
from cfp.tickets.service.shelf import shelf_of
from cfp.tickets.views.blueprint import link_to, pages, product_or_404
from cfp.tickets.views.organising import SELLERS
from cfp.tickets.views.tabs import tabs


@pages.route("/<conference>/tickets/waiting/<code>/", methods=["GET", "POST"])
@allow(Role.ANYONE)
def join_waiting(code):
    """Stand in line for what is sold out."""
    product: Product = product_or_404(code)
    form, at = WaitingForm(), clock.now()
    if form.validate_on_submit():
        with form.refusals():
            waiting.check_tries(form.email.data, request.remote_addr or "", at=at)
            was_there = waiting.find_waiting(product.id, form.email.data) is not None
            entry = waiting.join(
                current_conference(),
                Chosen(product.id, form.number.data),
                name=form.name.data,
                email=form.email.data,
                language=str(get_locale()),
                at=at,
            )
            flash(_("You are on the list. We write to you as soon as it is your turn."), "success")
            # Who was on it already gets the link by mail: an address alone opens nobody's page.
            there = url_for("tickets.shop") if was_there else _page_of(entry)
            return redirect(there, 303)
    return render_template("tickets/waiting.html", form=form, product=product), form.status


def _page_of(entry: WaitingListEntry) -> str:
    return url_for("tickets.my_place", code=entry.code, token=waiting_token(entry))


@pages.get("/<conference>/tickets/in-line/<code>/<token>/")
@allow(Role.ANYONE)
def my_place(code, token):
    """See one's own place in the line."""
    found = _entry_or_404(code, token)
    people, tickets = db.session.execute(queries.before(found)).one()
    held = found.order if found.state is Waiting.OFFERED else None
    return render_template(
        "tickets/my_place.html",
        entry=found,
        people=people,
        tickets=tickets,
        order_link=link_to(held) if held else "",
        token=token,
    )


@pages.post("/<conference>/tickets/in-line/<code>/<token>/leave")
@allow(Role.ANYONE)
def leave_waiting(code, token):
    """Do not wait any more."""
    waiting.leave(_entry_or_404(code, token), at=clock.now())
    flash(_("You are not on the list any more."), "success")
    return redirect(url_for("tickets.my_place", code=code, token=token), 303)


def _entry_or_404(code: str, token: str) -> WaitingListEntry:
    found = db.session.scalar(queries.entry(current_conference(), code))
    if found is None or not is_token_of_entry(found, token):
        abort(404)
    return found


@pages.get("/<conference>/team/tickets/waiting/")
@allow(*SELLERS)
def who_waits():
    """See who waits for what, in the order in which they are asked."""
    conference = current_conference()
    shelf = shelf_of(conference)
    return render_template(
        "tickets/who_waits.html",
        entries=db.session.scalars(queries.in_line(conference)).all(),
        free={p.id: min((q.left for q in p.quotas), default=None) for p in shelf.products.values()},
        shop=shelf.shop,
        tabs=tabs("waiting"),
    )


@pages.post("/<conference>/team/tickets/waiting/<code>/offer")
@allow(Role.ORGANISER, Role.BOX_OFFICE)
def offer_now(code):
    """Offer free places to whoever is first in line for a product."""
    product = product_or_404(code)
    order = waiting.offer_next(product.id, at=clock.now())
    if order is None:
        flash(_("There is no room for whoever is first. Nobody was passed over."), "warning")
    else:
        flash(_("%(name)s has an offer now.", name=order.name), "success")
    return redirect(url_for("tickets.who_waits"), 303)


@pages.post("/<conference>/team/tickets/waiting/<code>/remove")
@allow(Role.ORGANISER, Role.BOX_OFFICE)
def remove_waiting(code):
    """Take somebody off the list who asked for it."""
    found = db.session.scalar(queries.entry(current_conference(), code)) or abort(404)
    waiting.leave(found, at=clock.now(), by=me())
    flash(_("%(name)s is not on the list any more.", name=found.name), "success")
    return redirect(url_for("tickets.who_waits"), 303)
