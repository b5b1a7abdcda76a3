"""What a sponsor wants of what was promised: a claim, its logo, a booth."""

from __future__ import annotations

from flask import abort, flash, g
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.db import db
from cfp.forms import Form
from cfp.sponsors import pictures, queries
from cfp.sponsors.forms import ClaimForm, LogoForm
from cfp.sponsors.models import Benefit, Booth, Ground
from cfp.sponsors.service import benefits, booths, logos
from cfp.sponsors.views.blueprint import pages
from cfp.sponsors.views.desk import (
    DESK,
    back_to_desk,
    booth_form_of,
    contact_or_404,
    standing_or_404,
)


@pages.post(DESK + "claim/<benefit>")
@allow(Role.ANYONE)
def claim(contact, token, benefit):
    """Say what one wants of a benefit."""
    one, form = contact_or_404(contact, token), ClaimForm()
    wanted = queries.benefits_of(standing_or_404(one)).where(Benefit.code == benefit)
    found = db.session.scalar(wanted) or abort(404)
    if not form.validate_on_submit():
        abort(422)
    benefits.claim(found, form.claim.data, by=None, at=clock.now())
    flash(_("Thank you. We take care of it."), "success")
    return back_to_desk(one, token)


@pages.post(DESK + "logo")
@allow(Role.ANYONE)
def desk_logo(contact, token):
    """Send one's logo."""
    one, form = contact_or_404(contact, token), LogoForm()
    if not form.validate_on_submit():
        abort(422)
    sent = form.logo.data.read(pictures.MOST_BYTES + 1) if form.logo.data else b""
    logos.send(one.sponsor, sent, Ground(form.ground.data), by=None, at=clock.now())
    flash(_("Thank you. Somebody looks at it, and then it is shown."), "success")
    return back_to_desk(one, token)


@pages.post(DESK + "booth")
@allow(Role.ANYONE)
def choose_booth(contact, token):
    """Choose a free booth."""
    one, at = contact_or_404(contact, token), clock.now()
    agreement = standing_or_404(one)
    form = booth_form_of(agreement, at, meta={})
    chosen = db.session.scalar(
        queries.booths(g.conference).where(Booth.code == (form.booth.data or ""))
    )
    if chosen is None:
        abort(422)
    if not Form().validate_on_submit():
        abort(400)
    booths.hold(chosen, agreement, by=None, at=at)
    flash(_("Booth %(label)s is yours.", label=chosen.label), "success")
    return back_to_desk(one, token)
