"""Revenue and taxes of a period, and the period as files."""

from __future__ import annotations

from datetime import date

from flask import abort, request

from cfp import clock
from cfp.access import allow
from cfp.billing.forms import PeriodForm
from cfp.billing.service import reports as made
from cfp.billing.views.blueprint import MONEY, pages, show, today
from cfp.conference.current import current_conference
from cfp.headers import attached
from cfp.sheets import KINDS, Table


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
        input_taxes=made.taxes(here, first, last, self_billed=True),
    )


@pages.get("/<conference>/team/money/tables/<section>.<form>")
@allow(*MONEY)
def sheet(section, form):
    """A table as CSV or spreadsheet: what is late, revenue, taxes, invoices."""
    table = _table(section)
    if form not in KINDS:
        abort(404)
    name = f"{current_conference().slug}-{table.name}.{form}"
    return attached(table.written(form), name, KINDS[form])


def _table(section: str) -> Table:
    here, (first, last) = current_conference(), _period()
    if section == "late":
        return made.ageing_table(here, clock.now())
    tables = {
        "revenue": made.revenue_table,
        "taxes": made.tax_table,
        "invoices": made.invoice_table,
        "self-billed": made.self_billed_table,
        "input-taxes": made.input_tax_table,
    }
    found = tables.get(section) or abort(404)
    return found(here.id, first, last)


@pages.get("/<conference>/team/money/invoices.zip")
@allow(*MONEY)
def invoices_zip():
    """A period as table, PDF and XML."""
    here, (first, last) = current_conference(), _period()
    data = made.period_archive(here.id, first, last)
    return attached(data, f"{here.slug}-{first}-{last}.zip", "application/zip")


def _period() -> tuple[date, date]:
    """As asked for; the year so far where nothing sensible is asked."""
    form = PeriodForm(request.args)
    form.validate()
    first = form.first.data if form.first.data and not form.first.errors else None
    last = form.last.data if form.last.data and not form.last.errors else None
    return first or today().replace(month=1, day=1), last or today()
