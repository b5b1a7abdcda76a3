"""The organiser's orders: the list that finds anything, and one order with its whole history."""

from __future__ import annotations

import sqlalchemy as sa
from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload

from cfp import clock, display
from cfp.access import Role, allow
from cfp.billing.models import Method
from cfp.codes import known_number, new_token
from cfp.conference.current import current_conference, roles_here
from cfp.db import db
from cfp.forms import clean_line
from cfp.people.models import LogEntry
from cfp.people.session import me
from cfp.tickets import queries
from cfp.tickets.forms.orders import MoneyForm
from cfp.tickets.links import order_token
from cfp.tickets.models import SOLD, Order
from cfp.tickets.queries import lists
from cfp.tickets.queries.orders import added_later, letters_about
from cfp.tickets.service import changes, desk, invoices, letters, payments
from cfp.tickets.service.locking import lock
from cfp.tickets.views.blueprint import hosts_first, link_to, pages
from cfp.tickets.views.organising import SELLERS
from cfp.tickets.views.tabs import tabs

EACH = 100


@pages.get("/<conference>/team/orders/")
@allow(*SELLERS)
def orders():
    """Find orders by anything: code, name, mail, company, reference, guest, voucher, amount."""
    page = max(request.args.get("page", 1, known_number), 1)
    sort, words = request.args.get("sort", "-placed"), clean_line(request.args.get("q", ""))[:100]
    state = request.args.get("state", "")
    everything = lists.listed(me(), current_conference(), words=words)
    found = lists.listed(me(), current_conference(), words=words, state=state)
    counts = dict(db.session.execute(lists.counts(everything)).all())
    total = sum(n for s, n in counts.items() if not state or s.value == state)
    if state in {"held", lists.GIVE_BACK}:
        total = db.session.scalar(sa.select(sa.func.count()).select_from(found.subquery())) or 0
    rows = db.session.execute(lists.rows(found, sort=sort, page=page, each=EACH)).all()
    return render_template(
        "tickets/orders.html",
        rows=rows,
        counts=counts,
        state=state,
        words=words,
        sort=sort,
        page=page,
        pages=-(-total // EACH),
        total=total,
        tabs=tabs("orders"),
        ways=_ways(),
        may_send_money=bool(roles_here() & {Role.ORGANISER, Role.TREASURER}),
        base=url_for("tickets.detail", code="_").removesuffix("_/"),
    )


def _ways() -> list[tuple[str, str]]:
    """What can be done with several orders, by whoever looks at them."""
    ways = [("remind", _("Remind")), ("paid", _("Mark as paid")), ("write", _("Write"))]
    may_cancel = roles_here() & {Role.ORGANISER, Role.BOX_OFFICE}
    return [*ways, ("cancel", _("Cancel"))] if may_cancel else ways


@pages.get("/<conference>/team/orders/<code>/")
@allow(*SELLERS)
def detail(code):
    """See one order with its whole history."""
    found = team_order_or_404(code)
    owed = found.receivable.balance.cents if found.receivable else 0
    return _detail(found, MoneyForm(formdata=None, data={"amount": max(owed, 0) or None})), 200


def _detail(found: Order, form: MoneyForm) -> str:
    receivable = found.receivable
    log = db.session.scalars(
        sa.select(LogEntry)
        .options(joinedload(LogEntry.person))
        .where(LogEntry.subject == "Order", LogEntry.subject_id == found.id)
        .order_by(LogEntry.id)
    ).all()
    balance = receivable.balance.cents if receivable else 0
    return render_template(
        "tickets/detail.html",
        order=found,
        log=log,
        letters=db.session.scalars(letters_about(found)).all(),
        later=db.session.scalars(added_later(found)).all(),
        form=form,
        balance=balance,
        entries=receivable.entries if receivable else [],
        public=link_to(found),
        token=order_token(found),
        paper=invoices.paper_of(found),
        may_invoice=invoices.can_be_asked(found),
        may_send_money=bool(roles_here() & {Role.ORGANISER, Role.TREASURER}),
        may_print=bool(roles_here() & {Role.ORGANISER, Role.BOX_OFFICE}),
        can_change=found.state in SOLD,
        endings=changes.endings(found, hosts_first(found.live), clock.now())
        if found.state in SOLD
        else [],
    )


@pages.post("/<conference>/team/orders/<code>/payment")
@allow(Role.ORGANISER, Role.TREASURER, Role.BOX_OFFICE)
def take_money(code):
    """Write down money that came by hand."""
    found, form = team_order_or_404(code), MoneyForm()
    if form.validate_on_submit():
        with form.refusals():
            source = _source()
            said = form.amount.data or 0, Method(form.method.data)
            payments.pay(found, *said, source=source, at=clock.now(), by=me())
            flash(_("%(money)s are written down.", money=display.money(said[0])), "success")
            return redirect(url_for("tickets.detail", code=code), 303)
    return _detail(found, form), 422


@pages.post("/<conference>/team/orders/<code>/refund")
@allow(Role.ORGANISER, Role.TREASURER)
def send_money(code):
    """Write down money that went back to the buyer."""
    found, form = team_order_or_404(code), MoneyForm()
    if form.validate_on_submit():
        with form.refusals():
            source = _source()
            said = form.amount.data or 0, Method(form.method.data)
            payments.give_back(found, *said, source=source, at=clock.now(), by=me())
            flash(_("%(money)s are written down.", money=display.money(said[0])), "success")
            return redirect(url_for("tickets.detail", code=code), 303)
    return _detail(found, form), 422


@pages.post("/<conference>/team/orders/<code>/cancel")
@allow(Role.ORGANISER, Role.BOX_OFFICE)
def cancel_for(code):
    """Cancel tickets for a buyer, by the rules or in full."""
    found = team_order_or_404(code)
    chosen = [t for t in found.live if t.code in request.form.getlist("ticket")]
    in_full = request.form.get("in_full") == "1"
    back = changes.cancel(found, chosen, at=clock.now(), by=me(), in_full=in_full)
    flash(_("Cancelled. %(money)s go back to the buyer.", money=display.money(back)), "success")
    return redirect(url_for("tickets.detail", code=code), 303)


@pages.post("/<conference>/team/orders/<code>/link")
@allow(*SELLERS)
def send_link(code):
    """Send the link to the buyer again."""
    letters.link_again(lock(team_order_or_404(code)), clock.now())
    flash(_("The link is on its way to the buyer."), "success")
    return redirect(url_for("tickets.detail", code=code), 303)


@pages.post("/<conference>/team/orders/<code>/tickets/<ticket_code>/proof")
@allow(*SELLERS)
def see_proof(code, ticket_code):
    """Write down that the proof of a student was seen."""
    found = team_order_or_404(code)
    ticket = next((t for t in found.live if t.code == ticket_code), None) or abort(404)
    desk.see_proof(found, ticket, by=me(), at=clock.now())
    return redirect(url_for("tickets.detail", code=code), 303)


def _source() -> str:
    """By which a form that is sent twice is known as one payment."""
    return f"hand:{clean_line(request.form.get('key', '')) or new_token()}"[:120]


def team_order_or_404(code: str) -> Order:
    """An order of this edition that whoever is signed in may see."""
    select = queries.visible_to(me()).where(
        Order.conference_id == current_conference().id, Order.code == code
    )
    found = db.session.scalars(queries.to_look_at(select)).unique()
    return found.one_or_none() or abort(404)
