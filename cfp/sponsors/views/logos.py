"""Logos: sent in, judged on light and dark, and shown."""

from __future__ import annotations

from flask import Response, abort, flash, g, redirect, request, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.conference.current import roles_here
from cfp.db import db
from cfp.errors import Refused
from cfp.people.session import me
from cfp.sponsors import queries
from cfp.sponsors.forms import JudgeForm, LogoForm
from cfp.sponsors.models import Agreement, Ground, Logo
from cfp.sponsors.service import logos
from cfp.sponsors.views.blueprint import pages, sponsor_or_404
from cfp.sponsors.views.register import show_page

# Whatever a drawing may hold, opened by itself it loads nothing and runs nothing.
ALONE = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@pages.get("/<conference>/sponsors/logos/<logo>")
@allow(Role.ANYONE)
def logo(logo):
    """See the logo of a sponsor."""
    found = db.session.scalar(queries.logo(g.conference, logo)) or abort(404)
    if not roles_here() & {Role.ORGANISER, Role.TREASURER}:
        public = queries.shown(g.conference).where(Agreement.sponsor_id == found.sponsor_id)
        if found.accepted_at is None or db.session.scalars(public).first() is None:
            abort(404)
    return drawn(found)


def drawn(logo: Logo) -> Response:
    """The picture itself, shut off from whatever is around it."""
    headers = {"Content-Security-Policy": ALONE, "Cache-Control": "private, max-age=600"}
    return Response(logo.data, mimetype=logo.media_type, headers=headers)


@pages.post("/<conference>/team/sponsors/<sponsor>/logo")
@allow(Role.ORGANISER)
def send_logo(sponsor):
    """Enter a sponsor's logo."""
    found, form = sponsor_or_404(sponsor), LogoForm()
    if form.validate_on_submit():
        with form.refusals():
            ground = Ground(form.ground.data)
            logos.send(found, form.sent(), ground, by=me(), at=clock.now())
        if not form.errors:
            flash(_("The logo is here. Look at it on both grounds."), "success")
            return redirect(url_for("sponsors.show", sponsor=found.code) + "#logos")
    return show_page(found, logo=form), 422


@pages.post("/<conference>/team/sponsors/<sponsor>/logo/<logo>/judge")
@allow(Role.ORGANISER)
def judge_logo(sponsor, logo):
    """Accept a logo, or say what is wrong with it."""
    found, form = sponsor_or_404(sponsor), JudgeForm()
    one = next((x for x in found.logos if x.code == logo), None) or abort(404)
    if not form.validate_on_submit():
        raise Refused(_("Please shorten what is wrong with it."))
    if "accept" in request.form:
        logos.accept(one, by=me(), at=clock.now())
        flash(_("The logo is shown as soon as it is paid for."), "success")
    else:
        logos.refuse(one, form.why.data, by=me(), at=clock.now())
        flash(_("The sponsor reads why on its own page."), "success")
    return redirect(url_for("sponsors.show", sponsor=found.code) + "#logos")
