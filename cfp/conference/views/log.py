"""The record of an edition: who did what, when, and from what to what."""

from __future__ import annotations

from flask import render_template, request

from cfp.access import Role, allow
from cfp.codes import known_number
from cfp.conference import queries
from cfp.conference.current import current_conference
from cfp.conference.deeds import DEEDS
from cfp.conference.views import pages
from cfp.conference.views.settings import frame
from cfp.db import db
from cfp.forms import clean_line

PER_PAGE = 100


@pages.get("/<conference>/team/settings/log")
@allow(Role.ORGANISER)
def log():
    """See who did what in the edition."""
    asked = {name: clean_line(request.args.get(name))[:100] for name in ("who", "deed")}
    found = db.paginate(
        queries.record(current_conference(), **asked),
        page=max(request.args.get("page", 1, known_number), 1),
        per_page=PER_PAGE,
        error_out=False,
    )
    deeds = db.session.scalars(queries.deeds(current_conference())).all()
    return render_template(
        "conference/log.html", found=found, asked=asked, deeds=deeds, words=DEEDS, **frame()
    )
