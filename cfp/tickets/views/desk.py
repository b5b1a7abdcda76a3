"""The box office without a scanner: people found by name and let in by hand."""

from __future__ import annotations

from uuid import uuid4

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.conference.current import current_conference
from cfp.db import db
from cfp.forms import clean_line
from cfp.tickets.admission import Passage, Verdict
from cfp.tickets.models import CheckIn, Ticket
from cfp.tickets.queries import doors as queries
from cfp.tickets.service import doors
from cfp.tickets.service.doors import Place, Scan
from cfp.tickets.service.known import known
from cfp.tickets.service.verdicts import reason, texts
from cfp.tickets.views.blueprint import pages
from cfp.tickets.views.doors import person

MOST = 50


@pages.get("/<conference>/team/doors/people/")
@allow(Role.ORGANISER, Role.BOX_OFFICE)
def door_people():
    """Find somebody by name, company, order or ticket."""
    asked = clean_line(request.args.get("q", ""))[:80]
    found = known(current_conference(), None, clock.now(), asked) if len(asked) >= 2 else []
    nonces = [uuid4().hex for _one in found[:MOST]]
    return render_template(
        "tickets/door_people.html",
        asked=asked,
        found=found[:MOST],
        more=found[MOST:],
        nonces=nonces,
    )


@pages.post("/<conference>/team/doors/people/<code>/pass")
@allow(Role.ORGANISER, Role.BOX_OFFICE)
def let_pass(code):
    """Let somebody in or out."""
    conference, at = current_conference(), clock.now()
    ticket = db.session.scalar(queries.ticket_to_judge(conference, Ticket.code == code))
    passage = request.form.get("passage", "entry")
    if ticket is None or passage not in {"entry", "exit"}:
        abort(404)
    nonce = clean_line(request.form.get("nonce", ""))[:64] or uuid4().hex
    place = Place(conference, by=person())
    found = doors.scan(place, Scan(nonce, Passage(passage), code=code), at=at)
    _tell(found)
    return redirect(url_for("tickets.door_people", q=clean_line(request.form.get("q", ""))[:80]))


def _tell(found: CheckIn) -> None:
    """Say on the next page what became of it; a refusal is kept as a row as well."""
    name = (found.ticket.name or found.ticket.code) if found.ticket else ""
    if found.verdict is not Verdict.OK:
        flash(f"{name}: {reason(found, current_conference().timezone)}", "error")
    elif found.passage is Passage.EXIT:
        flash(_("%(name)s is out.", name=name), "success")
    else:
        flash(_("%(name)s is in.", name=name), "success")
        for sentence in texts(found.ticket):
            flash(sentence, "warning")
