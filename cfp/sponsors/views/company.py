"""A sponsor looks after itself: its address, its people, its papers and invoices."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.billing.views.invoices import FILES
from cfp.db import db
from cfp.errors import Refused
from cfp.forms import Form
from cfp.headers import attached
from cfp.sponsors import letters, queries
from cfp.sponsors.forms import ContactForm, DeskCompanyForm, OwnContactForm
from cfp.sponsors.models import PaperKind
from cfp.sponsors.service import printing, register
from cfp.sponsors.views.blueprint import pages
from cfp.sponsors.views.desk import DESK, contact_or_404, newest


@pages.get(DESK + "company")
@allow(Role.ANYONE)
def company(contact, token):
    """See how one's company and its people are known here."""
    return _page(contact_or_404(contact, token), token), 200


def _page(one, token, **forms):
    sponsor = one.sponsor
    return render_template(
        "sponsors/company.html",
        contact=one,
        token=token,
        company_form=forms.get("company") or DeskCompanyForm(formdata=None, obj=sponsor),
        own_form=forms.get("own") or OwnContactForm(formdata=None, obj=one),
        contact_form=forms.get("contact") or ContactForm(formdata=None),
        invoices=db.session.scalars(queries.invoices_to(sponsor)).all(),
    )


def _back(one, token):
    return redirect(url_for("sponsors.company", contact=one.code, token=token))


@pages.post(DESK + "company")
@allow(Role.ANYONE)
def change_company(contact, token):
    """Change the address that stands on the next invoice."""
    one = contact_or_404(contact, token)
    form = DeskCompanyForm(obj=one.sponsor)
    if form.validate_on_submit():
        with form.refusals():
            register.change_self(one, form.said(), at=clock.now())
        if not form.errors:
            flash(_("Saved. What was signed or issued keeps what it says."), "success")
            return _back(one, token)
    return _page(one, token, company=form), 422


@pages.post(DESK + "self")
@allow(Role.ANYONE)
def change_contact(contact, token):
    """Change one's own name and telephone."""
    one = contact_or_404(contact, token)
    form = OwnContactForm(obj=one)
    if form.validate_on_submit():
        register.change_contact(
            one,
            form.name.data,
            form.phone.data,
            gets_invoices=form.gets_invoices.data,
            at=clock.now(),
        )
        flash(_("Saved."), "success")
        return _back(one, token)
    return _page(one, token, own=form), 422


@pages.post(DESK + "colleagues")
@allow(Role.ANYONE)
def add_colleague(contact, token):
    """Name somebody else at one's company, who gets a link of their own."""
    one, form, at = contact_or_404(contact, token), ContactForm(), clock.now()
    if form.validate_on_submit():
        with form.refusals():
            new = register.add_colleague(
                one, form.contact_name.data, form.email.data, form.phone.data, at=at
            )
            letters.colleague(new, one, at)
        if not form.errors:
            flash(_("%(name)s gets a link by mail.", name=form.contact_name.data), "success")
            return _back(one, token)
    return _page(one, token, contact=form), 422


@pages.post(DESK + "colleagues/<code>/remove")
@allow(Role.ANYONE)
def remove_colleague(contact, token, code):
    """Somebody does not work there any more."""
    one = contact_or_404(contact, token)
    other = next((each for each in one.sponsor.contacts if each.code == code), None)
    if other is None or not Form().validate_on_submit():
        abort(404)
    if other is one:
        raise Refused(_("This is you. A colleague can take you off."))
    register.remove_contact(other, by=None, at=clock.now())
    flash(_("Their link opens nothing any more."), "success")
    return _back(one, token)


@pages.get(DESK + "invoices/<code>/<form>")
@allow(Role.ANYONE)
def desk_invoice(contact, token, code, form):
    """Take one's invoice along, for people or for machines."""
    one = contact_or_404(contact, token)
    issued = db.session.scalars(queries.invoices_to(one.sponsor)).all()
    found = next((each for each in issued if each.code == code), None) or abort(404)
    column, kind, ending = FILES.get(form) or abort(404)
    data = getattr(found.archive, column) or abort(404)
    return attached(data, f"{found.number}{ending}", kind)


@pages.get(DESK + "papers/<form>")
@allow(Role.ANYONE)
def desk_paper(contact, token, form):
    """Take the agreement or the report along."""
    agreement = newest(contact_or_404(contact, token)) or abort(404)
    if form not in {kind.value for kind in PaperKind}:
        abort(404)
    kept = db.session.scalar(printing.paper_of(agreement, PaperKind(form))) or abort(404)
    name = f"{agreement.conference.slug}-{agreement.code}-{form}.pdf"
    return attached(kept.data, name, "application/pdf")
