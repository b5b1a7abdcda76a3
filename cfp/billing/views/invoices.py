"""The list of invoices, and one of them with everything that happened to it."""

from __future__ import annotations

from datetime import date

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import allow
from cfp.billing import queries, service
from cfp.billing.dunning import missing_rate
from cfp.billing.dunning.interest import DAY
from cfp.billing.forms import PauseForm, WhyForm
from cfp.billing.models import Invoice
from cfp.billing.service import claims, dunning
from cfp.billing.service.history import history, listed
from cfp.billing.service.selling import find_seller
from cfp.billing.views.blueprint import MONEY, get_or_404, pages, show, today
from cfp.conference.current import current_conference
from cfp.db import db
from cfp.headers import attached
from cfp.people.session import me

FILES = {
    "pdf": ("pdf", "application/pdf", ".pdf"),
    "xml": ("en16931", "application/xml", ".xml"),
    "xrechnung": ("xrechnung", "application/xml", "-xrechnung.xml"),
}


@pages.get("/<conference>/team/money/")
@allow(*MONEY)
def invoices():
    """Everything that was issued, and what waits to be."""
    here, state = current_conference(), request.args.get("state", "")
    rows, counts = listed(here, today())
    return show(
        "billing/invoices.html",
        rows=[row for row in rows if not state or row.state.value == state],
        counts=counts,
        state=state,
        drafts=db.session.scalars(queries.drafts_waiting(here.id)).all(),
        has_seller=find_seller(here) is not None,
    )


@pages.get("/<conference>/team/money/invoices/<code>/")
@allow(*MONEY)
def invoice(code):
    return _one(_get(code))


def _one(found: Invoice, cancelling=None, pausing=None, waiving=None):
    open_ones = {each.invoice.id: each for each in claims.open_invoices(found.conference_id)}
    still = open_ones.get(found.id)
    level, against = dunning.next_letter(still, clock.now()) if still else (None, [])
    return show(
        "billing/invoice.html",
        invoice=found,
        still=still,
        standing=claims.find_standing(still, today()) if still else None,
        missing=_missing_rate(found) if still else None,
        waivable=claims.waivable(found),
        waiving=waiving or WhyForm(),
        level=level,
        against=against,
        pause=db.session.scalar(queries.pause_of(found.receivable_id)),
        events=history(found),
        cancelling=cancelling or WhyForm(),
        pausing=pausing or PauseForm(),
    )


def _missing_rate(found: Invoice) -> date | None:
    """The half-year without a base rate since the invoice was due."""
    due = min(found.due_on + DAY, today()) if found.due_on else today()
    return missing_rate(claims.base_rates(), today(), due)


@pages.get("/<conference>/team/money/invoices/<code>/<form>")
@allow(*MONEY)
def document(code, form):
    """The bytes that were issued."""
    found = _get(code)
    column, kind, ending = FILES.get(form) or abort(404)
    data = getattr(found.archive, column)
    return attached(data, f"{found.number}{ending}", kind) if data else abort(404)


@pages.post("/<conference>/team/money/invoices/<code>/cancel")
@allow(*MONEY)
def cancel_invoice(code):
    found, form = _get(code), WhyForm()
    if form.validate():
        service.ask_cancellation(found, clock.now(), why=form.why.data, by=me())
        flash(_("The cancellation is being issued."), "success")
        return redirect(url_for("billing.invoice", code=code))
    return _one(found, cancelling=form), 422


@pages.post("/<conference>/team/money/invoices/<code>/pause")
@allow(*MONEY)
def pause(code):
    """Do not remind: a dispute, or a promised day."""
    found, form = _get(code), PauseForm()
    if form.validate():
        until = form.promised_until.data
        dunning.pause(
            found.receivable, clock.now(), by=me(), why=form.why.data, promised_until=until
        )
        flash(_("No reminders go out for now."), "success")
        return redirect(url_for("billing.invoice", code=code))
    return _one(found, pausing=form), 422


@pages.post("/<conference>/team/money/invoices/<code>/resume")
@allow(*MONEY)
def resume(code):
    dunning.resume(_get(code).receivable)
    flash(_("Reminders go out again."), "success")
    return redirect(url_for("billing.invoice", code=code))


@pages.post("/<conference>/team/money/invoices/<code>/waive")
@allow(*MONEY)
def waive(code):
    """Let interest and costs go."""
    found, form = _get(code), WhyForm()
    if form.validate():
        claims.waive(found, form.why.data, clock.now(), by=me())
        flash(_("Interest and costs are waived."), "success")
        return redirect(url_for("billing.invoice", code=code))
    return _one(found, waiving=form), 422


def _get(code: str) -> Invoice:
    found: Invoice = get_or_404(queries.invoice(current_conference().id, code))
    return found
