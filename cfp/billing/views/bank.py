"""The bank's files and movements: import, book, undo, set aside."""

from __future__ import annotations

from decimal import Decimal

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from cfp import clock
from cfp.access import allow
from cfp.billing import queries, service
from cfp.billing.forms import BookingForm, StatementForm, WhyForm
from cfp.billing.models import BankEntry
from cfp.billing.service.bank import ledger, suggested
from cfp.billing.service.selling import find_seller
from cfp.billing.views.blueprint import MONEY, get_or_404, pages, read_upload, show
from cfp.conference.current import current_conference
from cfp.db import db
from cfp.errors import Refused
from cfp.people.proving import is_proved, prove
from cfp.people.session import me

MOST_BYTES = 1_000_000
SHOWN = 100


@pages.get("/<conference>/team/money/bank/")
@allow(*MONEY)
def bank():
    """What the bank said, and what of it waits for a decision."""
    return _bank(StatementForm())


def _bank(form):
    here = current_conference()
    waiting = db.session.scalars(queries.entries_to_decide(here.id).limit(SHOWN)).all()
    owed = ledger(here.id)
    return show(
        "billing/bank.html",
        form=form,
        must_prove=not is_proved(clock.now()),
        seller=find_seller(here),
        files=db.session.scalars(queries.bank_files(here.id).limit(10)).all(),
        waiting=[(entry, suggested(entry, owed)) for entry in waiting],
        owed=owed,
        booked=db.session.scalars(queries.allocations(here.id).limit(SHOWN)).all(),
    )


@pages.post("/<conference>/team/money/bank/")
@allow(*MONEY)
def read_statement():
    """Import a statement and book what is certain."""
    form, here = StatementForm(), current_conference()
    if form.validate():
        data = read_upload(form.file.data, MOST_BYTES + 1)
        with form.refusals():
            prove(me(), form.password.data or "", clock.now())
            if len(data) > MOST_BYTES:
                raise Refused(
                    _("Files of more than 1 MB are read by flask billing import-statement."), "file"
                )
            done = service.import_statement(
                here, form.file.data.filename or "statement", data, clock.now(), by=me()
            )
    if form.errors:
        return _bank(form), 422
    new = done.file.added
    flash(ngettext("%(num)s new movement.", "%(num)s new movements.", new), "success")
    return redirect(url_for("billing.bank"))


@pages.get("/<conference>/team/money/bank/<code>/")
@allow(*MONEY)
def movement(code):
    """One movement, to be decided by hand."""
    entry = _entry(code)
    owed = ledger(entry.conference_id)
    parts = suggested(entry, owed).parts
    on = owed.items[parts[0][0]].reference if parts else ""
    amount = Decimal(parts[0][1] if parts else entry.left).scaleb(-2)
    return _movement(entry, BookingForm(data={"on": on, "amount": amount}), WhyForm())


def _movement(entry, form, aside):
    return show("billing/movement.html", entry=entry, form=form, aside=aside)


@pages.post("/<conference>/team/money/bank/<code>/book")
@allow(*MONEY)
def book(code):
    """Book a movement, or a part of it, on what somebody owes."""
    entry, form = _entry(code), BookingForm()
    if form.validate():
        with form.refusals():
            receivable = db.session.scalar(
                queries.receivable_named(entry.conference_id, form.on.data)
            )
            if receivable is None:
                raise Refused(_("Nothing here is called that."), "on")
            service.allocate(entry, receivable, form.cents, clock.now(), by=me())
    if form.errors:
        return _movement(entry, form, WhyForm(formdata=None)), 422
    flash(_("Booked."), "success")
    return redirect(url_for("billing.bank"))


@pages.post("/<conference>/team/money/bank/<code>/aside")
@allow(*MONEY)
def put_aside(code):
    """A movement that is nobody's payment."""
    entry, form = _entry(code), WhyForm()
    if form.validate():
        with form.refusals():
            service.set_aside(entry, form.why.data)
    if form.errors:
        return _movement(entry, BookingForm(formdata=None), form), 422
    return redirect(url_for("billing.bank"))


@pages.post("/<conference>/team/money/bookings/<code>/undo")
@allow(*MONEY)
def undo_booking(code):
    """Take a booking back."""
    found = db.session.scalar(queries.allocation(current_conference().id, code)) or abort(404)
    service.undo(found, clock.now(), by=me())
    flash(_("Undone. The movement waits for another decision."), "success")
    return redirect(url_for("billing.bank"))


def _entry(code: str) -> BankEntry:
    found: BankEntry = get_or_404(queries.bank_entry(current_conference().id, code))
    return found
