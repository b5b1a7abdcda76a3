"""What a sponsor wants of what was promised: a claim, its logo, a booth."""

from __future__ import annotations

from flask import abort, flash, g
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.db import db
from cfp.forms import Form
from cfp.sponsors import queries
from cfp.sponsors.forms import LogoForm
from cfp.sponsors.models import Benefit, Booth, Ground
from cfp.sponsors.service import benefits, booths, logos
from cfp.sponsors.views.blueprint import pages
from cfp.sponsors.views.desk import (
    DESK,
    back_to_desk,
    booth_form_of,
    claim_form_of,
    contact_or_404,
    desk_page,
    get_standing,
)
from cfp.sponsors.views.logos import drawn


@pages.post(DESK + "claim/<benefit>")
@allow(Role.ANYONE)
def claim(contact, token, benefit):
    """Say what one wants of a benefit."""
    one = contact_or_404(contact, token)
    wanted = queries.benefits_of(get_standing(one)).where(Benefit.code == benefit)
    found = db.session.scalar(wanted) or abort(404)
    form = claim_form_of(found, meta={})
    if form.validate_on_submit():
        with form.refusals():
            benefits.claim(found, form.claim.data, by=None, at=clock.now())
        if not form.errors:
            flash(_("Thank you. We take care of it."), "success")
            return back_to_desk(one, token)
    return desk_page(one, token, claim={found.code: form}), 422


@pages.post(DESK + "logo")
@allow(Role.ANYONE)
def desk_logo(contact, token):
    """Send one's logo."""
    one, form = contact_or_404(contact, token), LogoForm()
    if form.validate_on_submit():
        with form.refusals():
            ground = Ground(form.ground.data)
            logos.send(one.sponsor, form.sent(), ground, by=None, at=clock.now())
        if not form.errors:
            flash(_("Thank you. Somebody looks at it, and then it is shown."), "success")
            return back_to_desk(one, token)
    return desk_page(one, token, logo=form), 422


@pages.get(DESK + "logos/<logo>")
@allow(Role.ANYONE)
def own_logo(contact, token, logo):
    """See the logo as it was taken in, before anybody else does."""
    one = contact_or_404(contact, token)
    found = next((each for each in one.sponsor.logos if each.code == logo), None) or abort(404)
    return drawn(found)


@pages.post(DESK + "booth")
@allow(Role.ANYONE)
def choose_booth(contact, token):
    """Choose a free booth."""
    one, at = contact_or_404(contact, token), clock.now()
    agreement = get_standing(one)
    form = booth_form_of(agreement, at, meta={})
    every = queries.booths(g.conference)
    chosen = db.session.scalar(every.where(Booth.code == (form.booth.data or "")))
    if chosen is not None and Form().validate_on_submit():
        with form.refusals():
            booths.hold(chosen, agreement, by=None, at=at)
        if not form.errors:
            flash(_("Booth %(label)s is held for you.", label=chosen.label), "success")
            return back_to_desk(one, token)
    return desk_page(one, token, booth=form), 422
