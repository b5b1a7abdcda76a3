"""Several orders at once: first a sentence that says what happens to how many, then the deed."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from cfp import clock
from cfp.access import Role, allow
from cfp.conference.current import current_conference, roles_here
from cfp.db import db
from cfp.people.session import me
from cfp.tickets import queries
from cfp.tickets.forms.orders import NoteForm
from cfp.tickets.models import Order
from cfp.tickets.service import bulk
from cfp.tickets.service.bulk import Deed
from cfp.tickets.views.blueprint import pages
from cfp.tickets.views.organising import SELLERS

MAY_CANCEL = {Role.ORGANISER, Role.BOX_OFFICE}


@pages.post("/<conference>/team/orders/many")
@allow(*SELLERS)
def many_orders():
    """Say what would happen to the chosen orders, and do it once that is confirmed."""
    deed = _deed()
    chosen = _chosen()
    concerned = [order for order in chosen if bulk.concerns(deed, order)]
    form = NoteForm(formdata=request.form if "sure" in request.form else None)
    if not chosen or not concerned:
        text = _("Please choose orders first.") if not chosen else _("None of these needs it.")
        flash(text, "warning")
        return redirect(url_for("tickets.orders"), 303)
    if "sure" in request.form and (deed is not Deed.WRITE or form.validate()):
        words = (form.subject.data or "", form.text.data or "") if deed is Deed.WRITE else ("", "")
        bulk.ask(deed, concerned, words, by=me(), at=clock.now())
        number = len(concerned)
        flash(ngettext("It is done with %(num)s order.", "It is done with %(num)s orders.", number))
        return redirect(url_for("tickets.orders"), 303)
    page = render_template(
        "tickets/bulk.html", deed=deed.value, concerned=concerned, chosen=chosen, form=form
    )
    return page, 422 if form.errors else 200


def _deed() -> Deed:
    asked = request.form.get("deed", "")
    if asked not in {one.value for one in Deed}:
        abort(400)
    if asked == Deed.CANCEL.value and not roles_here() & MAY_CANCEL:
        abort(403)
    return Deed(asked)


def _chosen() -> list[Order]:
    codes = request.form.getlist("order")[: bulk.MOST]
    select = queries.visible_to(me()).where(
        Order.conference_id == current_conference().id, Order.code.in_(codes)
    )
    return [*db.session.scalars(select.options(*queries.with_tickets()).order_by(Order.id))]
