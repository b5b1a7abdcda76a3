"""Money to give back by bank: to whom, to which account, and the file that the bank takes."""

from __future__ import annotations

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from cfp import clock, display
from cfp.access import Role, allow
from cfp.conference.current import current_conference
from cfp.db import db, release
from cfp.errors import Refused
from cfp.forms import Form, clean_line
from cfp.headers import attached
from cfp.people.session import me
from cfp.tickets.queries import refunds as queries
from cfp.tickets.service import refunding
from cfp.tickets.views.blueprint import pages

HERE = "/<conference>/team/orders/give-back/"


@pages.route(HERE, methods=["GET", "POST"])
@allow(Role.ORGANISER, Role.TREASURER)
def give_back():
    """See to whom money is to be given back, and make a file of transfers for the bank."""
    conference, form = current_conference(), Form()
    owed = refunding.owed(me(), conference)
    said = _accounts()
    if form.validate_on_submit():
        with form.refusals():
            _check(said, {one.order.code for one in owed})
            wanted = [one for one in owed if said.get(one.order.code)]
            file = refunding.make_file(conference, wanted, said, at=clock.now(), by=me())
            _tell(file.number, file.cents)
            return redirect(url_for("tickets.give_back"), 303)
    if form.errors:
        release()  # what was refused in the middle is gone; what is shown is what is owed now
        owed = refunding.owed(me(), conference)
    files = db.session.scalars(queries.files(conference)).all()
    return render_template(
        "tickets/give_back.html", form=form, owed=owed, said=said, files=files
    ), form.status


@pages.get(f"{HERE}<refund_file>.xml")
@allow(Role.ORGANISER, Role.TREASURER)
def refund_file(refund_file) -> Response:
    """Take a file of transfers to the bank."""
    conference = current_conference()
    found = refunding.get_file(conference, refund_file) or abort(404)
    name = f"{conference.slug}-transfers-{found.code}.xml"
    return attached(found.data, name, "application/xml")


def _check(said: dict[str, str], owed: set[str]) -> None:
    """What was typed for an order that gets nothing any more is said, and not given to another."""
    for code, iban in said.items():
        if iban and code not in owed:
            raise Refused(
                _(
                    "Order %(code)s gets nothing back any more; for it you had typed %(iban)s.",
                    code=code,
                    iban=iban,
                )
            )


def _accounts() -> dict[str, str]:
    """What was typed as accounts, by the code of the order."""
    codes, typed = request.form.getlist("order"), request.form.getlist("iban")
    return {code: clean_line(text) for code, text in zip(codes, typed, strict=False)}


def _tell(number: int, cents: int) -> None:
    sum_of_all = display.money(cents)
    text = ngettext(
        "%(money)s to %(num)s buyer: hand the file to the bank now.",
        "%(money)s to %(num)s buyers: hand the file to the bank now.",
        number,
        money=sum_of_all,
    )
    flash(text, "success")
