"""Who asks, and the proposal that a page is about; another edition's or person's is not found."""

from __future__ import annotations

from flask import abort

from cfp.conference.current import current_conference, roles_here
from cfp.db import db
from cfp.people.session import me
from cfp.submissions import queries
from cfp.submissions.models import Submission


def own_or_404(code: str) -> Submission:
    """A proposal on which the visitor speaks."""
    found = db.session.scalar(
        queries.own(me(), current_conference()).where(Submission.code == code)
    )
    return found or abort(404)


def entrusted_or_404(code: str) -> Submission:
    """A proposal that the visitor looks after by office."""
    select = queries.visible_to(me(), roles_here(), current_conference())
    found = db.session.scalar(select.where(Submission.code == code).options(*queries.with_all()))
    return found or abort(404)
