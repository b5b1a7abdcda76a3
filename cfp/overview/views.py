"""The page that somebody who runs an edition sees first."""

from flask import Blueprint, g, render_template

from cfp import clock
from cfp.access import Role, allow
from cfp.db import db
from cfp.overview import queries
from cfp.overview.picture import proposals_over_time, so_far
from cfp.overview.stages import dates, stages

pages = Blueprint("overview", __name__)
TEAM = (Role.ORGANISER, Role.CHAIR, Role.TRACK_CHAIR)


@pages.get("/<conference>/team/")
@allow(*TEAM)
def timeline():
    at = clock.now()
    handed_in = db.session.scalars(queries.handed_in(g.conference.id)).all()
    return render_template(
        "overview/timeline.html",
        dates=dates(g.conference, at),
        glances=stages(so_far(handed_in, g.conference)),
        picture=proposals_over_time(handed_in, g.conference, at),
    )
