"""The team of an edition: who is what, and who joins or leaves."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.conference import queries
from cfp.conference.current import current_conference
from cfp.conference.forms import MemberForm
from cfp.conference.models import Membership, Track
from cfp.conference.roles import TEAM_ROLES, role_name
from cfp.conference.service import team as service
from cfp.conference.views import pages
from cfp.conference.views.settings import frame
from cfp.db import db
from cfp.people.session import me


@pages.get("/<conference>/team/settings/team/")
@allow(Role.ORGANISER, Role.CHAIR)
def team():
    """See the team."""
    return _page(MemberForm(current_conference(), formdata=None))


@pages.post("/<conference>/team/settings/team/")
@allow(Role.ORGANISER)
def appoint():
    """Add somebody to the team."""
    conference = current_conference()
    form = MemberForm(conference)
    if form.validate():
        track = db.session.get(Track, form.track_id.data) if form.track_id.data else None
        with form.refusals():
            member = service.appoint(
                conference,
                form.email.data,
                form.chosen_role(),
                by=me(),
                at=clock.now(),
                track=track,
            )
    if form.errors:
        return _page(form), 422
    flash(_("%(name)s is in the team and gets a letter.", name=member.person.name), "success")
    return redirect(url_for("conference.team"))


@pages.post("/<conference>/team/settings/team/<int:membership_id>/dismiss")
@allow(Role.ORGANISER)
def dismiss(membership_id):
    """Take a role away."""
    member = db.session.get(Membership, membership_id)
    if member is None or member.conference_id != current_conference().id:
        abort(404)
    name, role = member.person.name, role_name(member.role)
    service.dismiss(member, by=me(), at=clock.now())
    flash(_("%(name)s: no longer %(role)s.", name=name, role=role), "success")
    return redirect(url_for("conference.team"))


def _page(form) -> str:
    found = db.session.scalars(queries.team(current_conference())).all()
    found = sorted(found, key=lambda m: (TEAM_ROLES.index(m.role), m.person.name.lower()))
    return render_template(
        "conference/team.html", form=form, found=found, role_name=role_name, **frame()
    )
