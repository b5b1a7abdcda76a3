"""The dossier of an unpaid invoice: what is in it, made by the worker, taken along."""

from __future__ import annotations

from flask import Response, abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.billing import queries as billing
from cfp.billing.models import Invoice
from cfp.db import db
from cfp.forms import Form
from cfp.headers import attached
from cfp.people.session import me
from cfp.sponsors.service import dossier as dossiers
from cfp.sponsors.views.blueprint import pages


@pages.route("/<conference>/team/money/invoices/<code>/dossier/", methods=["GET", "POST"])
@allow(Role.TREASURER, Role.ORGANISER)
def dossier(code):
    """Gather everything about an unpaid invoice for whoever goes after it."""
    invoice, form = _invoice(code), Form()
    if form.validate_on_submit():
        dossiers.ask(invoice, by=me(), at=clock.now())
        flash(_("It is being gathered. Look again in a moment."), "success")
        return redirect(url_for("sponsors.dossier", code=code))
    return render_template(
        "sponsors/dossier.html",
        form=form,
        invoice=invoice,
        agreement=dossiers.agreement_of(invoice),
        letters=dossiers.letters_of(invoice),
        dossier=dossiers.find(invoice),
    )


@pages.get("/<conference>/team/money/invoices/<code>/dossier.zip")
@allow(Role.TREASURER, Role.ORGANISER)
def dossier_zip(code) -> Response:
    """Take the dossier along."""
    invoice = _invoice(code)
    kept = dossiers.find(invoice) or abort(404)
    return attached(kept.data, f"{invoice.number}-dossier.zip", "application/zip")


def _invoice(code: str) -> Invoice:
    return db.session.scalar(billing.invoice(g.conference.id, code)) or abort(404)
