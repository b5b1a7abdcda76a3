"""The desk of a sponsor, opened by the link of a letter: sign, claim, send a logo, hold a booth."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms import SelectChoice

from cfp import clock
from cfp.access import Role, allow
from cfp.db import db
from cfp.forms import Form
from cfp.sponsors import pictures, queries
from cfp.sponsors.forms import BoothChoiceForm, ClaimForm, LogoForm, SignForm
from cfp.sponsors.links import is_token_of
from cfp.sponsors.models import Benefit, Booth, Ground
from cfp.sponsors.service import benefits, booths, invoicing, logos, offers, signing, vouchers
from cfp.sponsors.service.signing import Signer
from cfp.sponsors.views.blueprint import pages

DESK = "/<conference>/sponsor/<contact>/<token>/"


def _contact(code, token):
    found = db.session.scalar(queries.contact_by_code(g.conference, code))
    if found is None or not is_token_of(found, token):
        abort(404)
    return found


def _agreement(contact):
    return db.session.scalars(queries.open_agreement(contact.sponsor)).unique().one_or_none()


def _standing(contact):
    return _agreement(contact) or abort(404)


def _back(contact, token):
    return redirect(url_for("sponsors.desk", contact=contact.code, token=token))


@pages.get(DESK)
@allow(Role.ANYONE)
def desk(contact, token):
    """See what one's company was offered and what is promised to it."""
    return _page(_contact(contact, token), token), 200


def _page(contact, token, sign=None):
    at, agreement = clock.now(), _agreement(contact)
    draft = db.session.scalar(invoicing.draft_of(agreement)) if agreement else None
    booth_form = _booth_form(agreement, at)
    promised = db.session.scalars(queries.benefits_of(agreement)).all() if agreement else []
    return render_template(
        "sponsors/desk.html",
        contact=contact,
        token=token,
        agreement=agreement,
        benefits=promised,
        vouchers=vouchers.of(agreement) if agreement else {},
        invoice=draft.invoice if draft else None,
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


def _booth_form(agreement, at, **more):
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
    one, form = _contact(contact, token), SignForm()
    if not form.validate_on_submit():
        return _page(one, token, form), 422
    signer = Signer(
        name=form.name.data,
        office=form.office.data,
        email=one.email,
        address=request.remote_addr or "unknown",
        device=request.user_agent.string,
    )
    signing.sign(_standing(one), signer, seen=form.seen.data, at=clock.now())
    flash(_("Thank you. The agreement is signed."), "success")
    return _back(one, token)


@pages.post(DESK + "decline")
@allow(Role.ANYONE)
def decline(contact, token):
    """Say no to an offer."""
    one = _contact(contact, token)
    offers.decline(_standing(one), by=None, at=clock.now())
    flash(_("Thank you for telling us."), "success")
    return _back(one, token)


@pages.post(DESK + "claim/<benefit>")
@allow(Role.ANYONE)
def claim(contact, token, benefit):
    """Say what one wants of a benefit."""
    one, form = _contact(contact, token), ClaimForm()
    wanted = queries.benefits_of(_standing(one)).where(Benefit.code == benefit)
    found = db.session.scalar(wanted) or abort(404)
    if not form.validate_on_submit():
        abort(422)
    benefits.claim(found, form.claim.data, by=None, at=clock.now())
    flash(_("Thank you. We take care of it."), "success")
    return _back(one, token)


@pages.post(DESK + "logo")
@allow(Role.ANYONE)
def desk_logo(contact, token):
    """Send one's logo."""
    one, form = _contact(contact, token), LogoForm()
    if not form.validate_on_submit():
        abort(422)
    sent = form.logo.data.read(pictures.MOST_BYTES + 1) if form.logo.data else b""
    logos.send(one.sponsor, sent, Ground(form.ground.data), by=None, at=clock.now())
    flash(_("Thank you. Somebody looks at it, and then it is shown."), "success")
    return _back(one, token)


@pages.post(DESK + "booth")
@allow(Role.ANYONE)
def choose_booth(contact, token):
    """Choose a free booth."""
    one, at = _contact(contact, token), clock.now()
    agreement = _standing(one)
    form = _booth_form(agreement, at, meta={})
    chosen = db.session.scalar(
        queries.booths(g.conference).where(Booth.code == (form.booth.data or ""))
    )
    if chosen is None:
        abort(422)
    if not Form().validate_on_submit():
        abort(400)
    booths.hold(chosen, agreement, by=None, at=at)
    flash(_("Booth %(label)s is yours.", label=chosen.label), "success")
    return _back(one, token)
