"""Which employers of speakers the public reads about, decided by organisers."""

from __future__ import annotations

from flask import abort, flash, g, redirect, request, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.people.session import me
from cfp.sponsors.forms import EmployerForm
from cfp.sponsors.service import travel
from cfp.sponsors.views.blueprint import pages


@pages.post("/<conference>/team/sponsors/travel")
@allow(Role.ORGANISER)
def name_employer():
    """Name an employer as travel sponsor in public, or not any more."""
    form = EmployerForm()
    if not form.validate_on_submit():
        abort(422)
    employer, at = form.employer.data, clock.now()
    if "agree" in request.form:
        travel.agree(g.conference, employer, by=me(), at=at)
        flash(_("“%(name)s” is named among the sponsors.", name=employer), "success")
    else:
        travel.unname(g.conference, employer, by=me(), at=at)
        flash(_("“%(name)s” is not named any more.", name=employer), "success")
    return redirect(url_for("sponsors.listing") + "#travel")
