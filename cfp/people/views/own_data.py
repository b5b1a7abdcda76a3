"""What is kept of oneself: taken along as a file, or erased."""

import json

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.headers import attached
from cfp.people import erasing, forms, privacy, session
from cfp.people.proving import is_proved, prove
from cfp.people.session import me
from cfp.people.views.blueprint import pages


@pages.route("/account/data", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def data():
    """Take along everything that is kept of oneself."""
    form = forms.DataForm()
    if form.validate_on_submit():
        with form.refusals():
            prove(me(), form.password.data or "", clock.now())
        if not form.errors:
            return _as_file(privacy.kept_of(me()))
    page = render_template("people/data.html", form=form, must_prove=not is_proved(clock.now()))
    return page, form.status


@pages.route("/account/erase", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def erase():
    """Read what is deleted and what is kept, and have it done."""
    form, at = forms.ErasureForm(), clock.now()
    if form.validate_on_submit():
        with form.refusals():
            prove(me(), form.password.data or "", at, anew=True)
            erasing.erase(me(), at=at)
        if not form.errors:
            session.end(at)
            flash(_("Your account and what was kept of you are erased."), "success")
            return redirect(url_for("conference.editions"))
    page = render_template("people/erase.html", form=form, lines=erasing.told(me(), at))
    return page, form.status


def _as_file(kept) -> Response:
    written = {"written_at": clock.now().isoformat(), "kept": kept}
    text = json.dumps(written, ensure_ascii=False, indent=1)
    return attached(text, "my-data.json", "application/json")
