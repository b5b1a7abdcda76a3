"""Files of other systems: handed over, tried, taken in; and ours, to take along."""

from __future__ import annotations

import json

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.conference.current import current_conference
from cfp.db import db
from cfp.headers import attached
from cfp.interop import queries, writing
from cfp.interop.forms import ImportForm
from cfp.interop.models import ImportFile
from cfp.interop.service import handing_over
from cfp.people.session import me

pages = Blueprint("interop", __name__)
LIST = "/<conference>/team/proposals/import/"


@pages.route(LIST, methods=["GET", "POST"])
@allow(Role.ORGANISER)
def imports():
    """Hand a file of another system over, and read first what would happen."""
    form, conference = ImportForm(), current_conference()
    if form.validate_on_submit():
        programme = form.becomes.data == "programme"
        with form.refusals():
            made = handing_over.hand_over(
                conference, form.sent(), programme=programme, by=me(), at=clock.now()
            )
        if not form.errors:
            return redirect(url_for("interop.import_", brought=made.code))
    found = db.session.scalars(queries.of_conference(conference).limit(20)).all()
    return render_template("interop/imports.html", form=form, found=found), form.status


@pages.get(f"{LIST}<brought>/")
@allow(Role.ORGANISER)
def import_(brought):
    """Read what a file would do, or did."""
    file = _get(brought)
    run = file.run or file.trial
    return render_template("interop/import.html", file=file, run=run, is_trial=file.run is None)


@pages.post(f"{LIST}<brought>/take-in")
@allow(Role.ORGANISER)
def take_in(brought):
    """Have done what was shown."""
    handing_over.take_in(_get(brought), current_conference(), by=me(), at=clock.now())
    flash(_("It is being taken in."), "success")
    return redirect(url_for("interop.import_", brought=brought))


@pages.get("/<conference>/team/proposals.json")
@allow(Role.ORGANISER, Role.CHAIR)
def export():
    """Take all proposals along as JSON, as other systems and our own import read it."""
    conference = current_conference()
    text = json.dumps(writing.proposals_of(conference), ensure_ascii=False, indent=1)
    return attached(text, f"{conference.slug}-proposals.json", "application/json")


def _get(brought: str) -> ImportFile:
    select = queries.of_conference(current_conference()).where(ImportFile.code == brought)
    return db.session.scalar(select) or abort(404)
