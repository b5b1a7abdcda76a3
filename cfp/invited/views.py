"""The invitations of an edition: who may still hand in, and who was asked for a keynote."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.conference.current import current_conference
from cfp.conference.models import FormatKind
from cfp.db import db
from cfp.invited import letters, queries, service
from cfp.invited.forms import InvitationForm
from cfp.invited.links import link_of
from cfp.invited.models import Invitation, Purpose
from cfp.people.session import me

pages = Blueprint("invited", __name__)
LIST = "/<conference>/team/proposals/invitations/"


@pages.route(LIST, methods=["GET", "POST"])
@allow(Role.ORGANISER, Role.CHAIR)
def listing():
    """Invite somebody who is late, or for a keynote."""
    conference, form = current_conference(), InvitationForm(current_conference())
    if form.validate_on_submit():
        with form.refusals():
            wanted = form.wanted(conference.timezone)
            made = service.invite(conference, wanted, by=me(), at=clock.now())
            letters.post(made, at=clock.now())
        if not form.errors:
            flash(_told(made), "success")
            return redirect(url_for("invited.listing"))
    found = db.session.scalars(queries.of_the_team(conference)).all()
    page = render_template(
        "invited/listing.html",
        form=form,
        found=found,
        links={one.id: link_of(one) for one in found if one.waits(clock.now())},
        has_keynotes=any(f.kind is FormatKind.KEYNOTE for f in conference.formats),
    )
    return page, form.status


@pages.post(f"{LIST}<invited>/again")
@allow(Role.ORGANISER, Role.CHAIR)
def again(invited):
    """Send an invitation with a new link; the earlier one no longer works."""
    found = _get(invited)
    service.renew(found, by=me(), at=clock.now())
    letters.post(found, at=clock.now())
    flash(_told(found), "success")
    return redirect(url_for("invited.listing"))


@pages.post(f"{LIST}<invited>/take-back")
@allow(Role.ORGANISER, Role.CHAIR)
def take_back(invited):
    """Take an invitation back."""
    service.take_back(_get(invited), by=me(), at=clock.now())
    flash(_("The invitation is taken back."), "success")
    return redirect(url_for("invited.listing"))


def _told(invitation: Invitation) -> str:
    if invitation.email:
        return _("The letter to %(name)s is on its way.", name=invitation.name)
    return _("Give the link below to %(name)s.", name=invitation.name)


def _get(invited: str) -> Invitation:
    found = db.session.scalar(queries.with_code(current_conference(), invited))
    if found is None or found.purpose is Purpose.CO_SPEAKER:
        abort(404)
    return found
