"""Tickets on paper for buyers, badges for the box office: printed by the worker, fetched here."""

from __future__ import annotations

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.conference.current import current_conference
from cfp.db import db
from cfp.headers import attached
from cfp.jobs import queries as runs
from cfp.tickets.diary import calendar_of
from cfp.tickets.forms.badges import BadgesForm
from cfp.tickets.links import order_token
from cfp.tickets.queries import doors as door_queries
from cfp.tickets.queries import papers as queries
from cfp.tickets.service import badges as badge_service
from cfp.tickets.service import printing
from cfp.tickets.views.blueprint import order_or_404, pages
from cfp.tickets.views.doors import person


@pages.get("/<conference>/orders/<code>/<token>/paper/")
@allow(Role.ANYONE)
def order_paper(code, token):
    """Fetch one's tickets to print, and the entry for one's calendar."""
    order = order_or_404(code, token)
    printout = printing.printout_of(order)
    return render_template(
        "tickets/order_paper.html",
        order=order,
        token=token,
        printout=printout,
        is_current=printing.is_current(printout, order),
        printable=printing.printable(order),
        waits=request.args.get("waits") is not None,
    )


@pages.post("/<conference>/orders/<code>/<token>/paper/")
@allow(Role.ANYONE)
def print_order(code, token):
    """Have one's tickets printed anew."""
    order = order_or_404(code, token)
    printing.ask(order, at=clock.now())
    return redirect(url_for("tickets.order_paper", code=code, token=order_token(order), waits=""))


@pages.get("/<conference>/orders/<code>/<token>/tickets.pdf")
@allow(Role.ANYONE)
def order_pdf(code, token):
    """The tickets as PDF; one that shows what does not hold any more is none."""
    order = order_or_404(code, token)
    printout = printing.printout_of(order)
    if printout is None or not printout.data or not printing.is_current(printout, order):
        return redirect(url_for("tickets.order_paper", code=code, token=token))
    return _pdf(printout.data, f"{current_conference().slug}-{order.code}.pdf")


@pages.get("/<conference>/orders/<code>/<token>/tickets.ics")
@allow(Role.ANYONE)
def order_calendar(code, token):
    """The days of the conference for one's calendar."""
    order = order_or_404(code, token)
    if not order.live:
        abort(404)
    name = f"{current_conference().slug}.ics"
    return attached(calendar_of(order, order.placed_at or order.created_at), name, "text/calendar")


@pages.get("/<conference>/team/doors/badges/")
@allow(Role.ORGANISER, Role.BOX_OFFICE)
def badges():
    """See what badges are printed, and print others."""
    return _badges_page(_badges_form())


@pages.post("/<conference>/team/doors/badges/")
@allow(Role.ORGANISER, Role.BOX_OFFICE)
def print_badges():
    """Have the badges printed."""
    form, conference = _badges_form(sent=True), current_conference()
    if not form.validate():
        return _badges_page(form), 422
    badge_service.ask(
        conference,
        person(),
        clock.now(),
        order=form.order.data,
        product=form.product.data,
        sheet=form.sheet.data,
    )
    flash(_("The badges are being printed. This page shows when they are ready."), "success")
    return redirect(url_for("tickets.badges"))


@pages.get("/<conference>/team/doors/badges.pdf")
@allow(Role.ORGANISER, Role.BOX_OFFICE)
def badges_pdf():
    """The badges that were printed last."""
    printout = db.session.scalar(queries.badges(current_conference().id))
    if printout is None:
        abort(404)
    return _pdf(printout.data, f"{current_conference().slug}-badges.pdf")


def _badges_form(*, sent: bool = False) -> BadgesForm:
    products = db.session.scalars(door_queries.products(current_conference())).all()
    return BadgesForm(products, formdata=request.form if sent else None)


def _badges_page(form: BadgesForm) -> str:
    conference = current_conference()
    return render_template(
        "tickets/badges.html",
        form=form,
        run=db.session.scalar(runs.latest(conference.id, badge_service.PRINT)),
        printout=db.session.scalar(queries.badges(conference.id)),
    )


def _pdf(data: bytes, name: str) -> Response:
    return attached(data, name, "application/pdf")
