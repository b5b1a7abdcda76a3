"""Who issues the invoices."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from cfp.access import allow
from cfp.billing.forms import SellerForm
from cfp.billing.service import selling
from cfp.billing.views.blueprint import MONEY, pages, read_upload, show
from cfp.conference.current import current_conference

MOST_BYTES = 5_000_001


@pages.get("/<conference>/team/money/seller/")
@allow(*MONEY)
def seller():
    """See who issues the invoices."""
    found = selling.find_seller(current_conference())
    return show("billing/seller.html", form=SellerForm(obj=found), seller=found)


@pages.post("/<conference>/team/money/seller/")
@allow(*MONEY)
def save_seller():
    """Say who issues the invoices."""
    here = current_conference()
    found = selling.find_seller(here)
    form = SellerForm(obj=found)
    if form.validate():
        logo = read_upload(form.logo.data, MOST_BYTES)
        with form.refusals():
            selling.describe_seller(here, form.details(), logo)
    if form.errors:
        return show("billing/seller.html", form=form, seller=found), 422
    flash(_("Saved. What was issued keeps what it says."), "success")
    return redirect(url_for("billing.seller"))
