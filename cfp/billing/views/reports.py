"""Revenue and taxes of a period, and the period as files."""

from __future__ import annotations

from datetime import date

from flask import request

from cfp.access import allow
from cfp.billing import queries
from cfp.billing.forms import PeriodForm
from cfp.billing.service import reports as made
from cfp.billing.views.blueprint import MONEY, download, pages, show, today
from cfp.conference.current import current_conference
from cfp.db import db


@pages.get("/<conference>/team/money/reports/")
@allow(*MONEY)
def reports():
    """What was invoiced by month, and the tax by rate."""
    (first, last), form = _period(), PeriodForm(request.args)
    form.first.data, form.last.data = first, last
    here = current_conference().id
    return show(
        "billing/reports.html",
        form=form,
        period={"first": first.isoformat(), "last": last.isoformat()},
        months=made.revenue(here, first, last),
        taxes=made.taxes(here, first, last),
    )


@pages.get("/<conference>/team/money/invoices.csv")
@allow(*MONEY)
def invoices_csv():
    here, (first, last) = current_conference(), _period()
    found = db.session.scalars(queries.issued_between(here.id, first, last)).all()
    return download(made.invoices_csv(list(found)), f"{here.slug}-invoices.csv", "text/csv")


@pages.get("/<conference>/team/money/invoices.zip")
@allow(*MONEY)
def invoices_zip():
    """A period as table, PDF and XML."""
    here, (first, last) = current_conference(), _period()
    data = made.period_archive(here.id, first, last)
    return download(data, f"{here.slug}-{first}-{last}.zip", "application/zip")


def _period() -> tuple[date, date]:
    """As asked for; the year so far where nothing sensible is asked."""
    form = PeriodForm(request.args)
    form.validate()
    first = form.first.data if form.first.data and not form.first.errors else None
    last = form.last.data if form.last.data and not form.last.errors else None
    return first or today().replace(month=1, day=1), last or today()
