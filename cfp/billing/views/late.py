"""Who is late: by age, with the letters that went out, and the base rates of interest."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from cfp import clock
from cfp.access import allow
from cfp.billing import dunning, queries
from cfp.billing.ageing import bucket_names
from cfp.billing.forms import RateForm
from cfp.billing.service.claims import base_rates
from cfp.billing.service.rates import claimed_with, enter_base_rate
from cfp.billing.service.reports import aged
from cfp.billing.views.blueprint import MONEY, pages, show, today
from cfp.conference.current import current_conference
from cfp.db import db
from cfp.people.proving import is_proved, prove
from cfp.people.session import me


@pages.get("/<conference>/team/money/late/")
@allow(*MONEY)
def late():
    """What is open, by how late it is."""
    return _late(RateForm(data=_missing()))


def _missing():
    """The half-year whose rate is missing, as the form asks for it."""
    since = dunning.missing_rate(base_rates(), today())
    return {"year": since.year, "half": 1 if since.month == 1 else 2} if since else {}


def _late(form):
    here = current_conference()
    found, sums = aged(here, clock.now())
    rates = db.session.scalars(queries.base_rates()).all()
    return show(
        "billing/late.html",
        form=form,
        found=found,
        ages=[*zip(bucket_names(), sums, strict=True)],
        must_prove=not is_proved(clock.now()),
        rates=db.session.scalars(queries.base_rates_entered()).all(),
        holding={rate.id for rate in rates},
        missing=dunning.missing_rate([rate.rate for rate in rates], today()),
        heard_at=db.session.scalar(queries.bank_read_at(here.id)),
    )


@pages.post("/<conference>/team/money/late/")
@allow(*MONEY)
def enter_rate():
    """Enter the base rate of a half-year."""
    form = RateForm()
    if form.validate():
        since = date(form.year.data, 1 if form.half.data == 1 else 7, 1)
        with form.refusals():
            prove(me(), form.password.data or "", clock.now())
            entry = enter_base_rate(
                since,
                form.percent.data,
                form.source.data,
                clock.now(),
                me(),
                here=current_conference(),
            )
    if form.errors:
        return _late(form), 422
    flash(_("The base rate is entered, and interest follows it from now on."), "success")
    claimed = claimed_with(entry)
    if claimed:
        flash(
            ngettext(
                "%(num)s letter has claimed interest of this half-year already and stays as it is.",
                "%(num)s letters have claimed interest of this half-year already and stay so.",
                claimed,
            ),
            "info",
        )
    return redirect(url_for("billing.late"))
