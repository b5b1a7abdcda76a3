"""What everybody sees: who sponsors, and how to become one."""

from __future__ import annotations

from flask import g, render_template

from cfp import clock
from cfp.access import Role, allow
from cfp.db import db
from cfp.sponsors import queries
from cfp.sponsors.service import settings
from cfp.sponsors.service.logos import wall_of
from cfp.sponsors.service.travel import named
from cfp.sponsors.views.blueprint import pages


@pages.get("/<conference>/sponsors/")
@allow(Role.ANYONE)
def public():
    """See who sponsors, and what a level costs."""
    return render_template(
        "sponsors/public.html",
        sponsor_wall=wall_of(g.conference),
        travel_sponsors=named(g.conference),
        plan=db.session.scalar(queries.sponsoring(g.conference)) or settings.usual(),
        levels=db.session.scalars(queries.levels(g.conference)).all(),
        is_past=clock.is_past,
    )
