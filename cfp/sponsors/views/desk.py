"""The desk of a sponsor, opened by the link of a letter: what stands, what is due, a signature."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms import SelectChoice

from cfp import clock
from cfp.access import Role, allow
from cfp.db import db
from cfp.sponsors import queries
from cfp.sponsors.forms import BoothChoiceForm, ClaimForm, LogoForm, SignForm
from cfp.sponsors.links import is_token_of
from cfp.sponsors.service import offers, signing, vouchers
from cfp.sponsors.service.deadlines import deadlines
from cfp.sponsors.service.signing import Signer
from cfp.sponsors.views.blueprint import pages
from cfp.sponsors.words import paper_name

DESK = "/<conference>/sponsor/<contact>/<token>/"


def contact_or_404(code, token):
    found = db.session.scalar(queries.contact_by_code(g.conference, code))
    if found is None or not is_token_of(found, token):
        abort(404)
    return found


def _agreement(contact):
    return db.session.scalars(queries.open_agreement(contact.sponsor)).unique().one_or_none()


def standing_or_404(contact):
    return _agreement(contact) or abort(404)


def back_to_desk(contact, token):
    return redirect(url_for("sponsors.desk", contact=contact.code, token=token))


@pages.get(DESK)
@allow(Role.ANYONE)
def desk(contact, token):
    """See what one's company was offered and what is promised to it."""
    return _page(contact_or_404(contact, token), token), 200


def _page(contact, token, sign=None):
    at, agreement = clock.now(), _agreement(contact)
    booth_form = booth_form_of(agreement, at)
    promised = db.session.scalars(queries.benefits_of(agreement)).all() if agreement else []
    return render_template(
        "sponsors/desk.html",
        contact=contact,
        token=token,
        agreement=agreement,
        benefits=promised,
        vouchers=vouchers.of(agreement) if agreement else {},
        invoices=db.session.scalars(queries.invoices_to(contact.sponsor)).all(),
        papers=db.session.scalars(queries.papers(agreement)).all() if agreement else [],
        deadlines=deadlines(agreement, promised, at) if agreement else [],
        paper_name=paper_name,
        sign_form=sign or SignForm(formdata=None, data=_signer(contact, agreement)),
        logo_form=LogoForm(formdata=None),
        claim_form=ClaimForm(formdata=None),
        booth_form=booth_form,
        size=db.session.scalar(queries.sponsoring(g.conference)),
        booths=db.session.scalars(queries.booths(g.conference)).all(),
        at=at,
        is_past=clock.is_past,
    )


def _signer(contact, agreement):
    return {"name": contact.name, "seen": agreement.text_hash if agreement else ""}


def booth_form_of(agreement, at, **more):
    form = BoothChoiceForm(**(more or {"formdata": None}))
    free = queries.booths(g.conference)
    form.booth.choices = [
        SelectChoice(one.code, one.label)
        for one in db.session.scalars(free)
        if agreement
        and (one.agreement_id is None or (one.held_until and one.held_until < at))
        and one.level_id in {None, agreement.level_id}
    ]
    return form


@pages.post(DESK + "sign")
@allow(Role.ANYONE)
def sign(contact, token):
    """Sign the agreement by a click."""
    one, form = contact_or_404(contact, token), SignForm()
    if not form.validate_on_submit():
        return _page(one, token, form), 422
    signer = Signer(
        name=form.name.data,
        office=form.office.data,
        email=one.email,
        address=request.remote_addr or "unknown",
        device=request.user_agent.string,
    )
    signing.sign(standing_or_404(one), signer, seen=form.seen.data, at=clock.now())
    flash(_("Thank you. The agreement is signed."), "success")
    return back_to_desk(one, token)


@pages.post(DESK + "decline")
@allow(Role.ANYONE)
def decline(contact, token):
    """Say no to an offer."""
    one = contact_or_404(contact, token)
    offers.decline(standing_or_404(one), by=None, at=clock.now())
    flash(_("Thank you for telling us."), "success")
    return back_to_desk(one, token)
