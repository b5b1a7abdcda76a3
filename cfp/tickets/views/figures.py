"""How it sells, for the team: the curve, the money, the answers; and the list as a file."""

from __future__ import annotations

from flask import Response, current_app, render_template, request, url_for
from flask_babel import gettext as _

from cfp import clock, plot
from cfp.access import allow, allowed
from cfp.conference.current import current_conference, roles_here
from cfp.db import db
from cfp.forms import clean_line
from cfp.headers import attached
from cfp.people.session import me
from cfp.sheets import KINDS, Table, amount
from cfp.tickets.pictures import look
from cfp.tickets.queries import lists
from cfp.tickets.queries import statistics as queries
from cfp.tickets.service import statistics
from cfp.tickets.views.blueprint import pages
from cfp.tickets.views.organising import SELLERS
from cfp.tickets.views.tabs import tabs


@pages.get("/<conference>/team/tickets/figures/")
@allow(*SELLERS)
def figures():
    """See the sales curve, the money by price and tax, and what people answered."""
    conference = current_conference()
    prices = statistics.by_price(conference)
    return render_template(
        "tickets/figures.html",
        curve=_curve(conference),
        prices=prices,
        taxes=statistics.by_tax(conference, prices),
        answers=statistics.answers(conference),
        ahead=_where_it_goes_on(),
        tabs=tabs("figures"),
    )


def _where_it_goes_on() -> str:
    """The kitchen draws the same curve with its forecast."""
    may_look = allowed(current_app, "catering.overview") & roles_here()
    return url_for("catering.overview") if may_look else ""


def _curve(conference):
    curves = statistics.curves(me(), conference)
    if not curves or curves[0].name != conference.name:
        return None
    today = (clock.local(clock.now(), conference.timezone).date() - conference.starts_on).days
    marks = statistics.steps(conference)
    days = [day for one in curves for day, _sold in one.points]
    one_a_year = len({one.year for one in curves}) == len(curves)
    return plot.line(
        _("Tickets sold, by days before the doors open"),
        [plot.Series(str(one.year) if one_a_year else one.name, one.points) for one in curves],
        unit=_("tickets"),
        now=float(today) if today <= 0 else None,
        marks=[(day, name) for day, name in marks if min(days) <= day <= max(days)],
        look=look("sales"),
    )


@pages.get("/<conference>/team/orders.csv")
@allow(*SELLERS)
def orders_csv():
    """Take the list of orders along, ticket by ticket."""
    return _file("csv")


@pages.get("/<conference>/team/orders.xlsx")
@allow(*SELLERS)
def orders_xlsx():
    """The same for spreadsheets."""
    return _file("xlsx")


def _list():
    words, state = clean_line(request.args.get("q", ""))[:100], request.args.get("state", "")
    found = lists.listed(me(), current_conference(), words=words, state=state)
    rows = db.session.execute(queries.lines(me(), found)).mappings()
    return Table(
        "Orders", [*rows.keys()], [[_plain(*cell) for cell in row.items()] for row in rows]
    )


def _plain(name: str, cell):
    """As a spreadsheet reads it: money with two decimals, percent, moments by the clock here."""
    if cell is None:
        return ""
    if hasattr(cell, "tzinfo"):
        return f"{clock.local(cell, current_conference().timezone):%Y-%m-%d %H:%M}"
    if name in {"cents", "kept_cents", "tax_rate"}:
        return amount(cell)
    return getattr(cell, "value", cell)


def _file(ending: str) -> Response:
    name = f"{current_conference().slug}-orders.{ending}"
    return attached(_list().written(ending), name, KINDS[ending])
