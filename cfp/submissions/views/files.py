"""The files that speakers sent with their answers: for themselves and the edition's team."""

from __future__ import annotations

from flask import abort

from cfp import headers
from cfp.access import Role, allow
from cfp.conference.current import current_conference, roles_here
from cfp.db import db
from cfp.people.session import me
from cfp.questions import queries as question_queries
from cfp.submissions import queries
from cfp.submissions.models import Submission
from cfp.submissions.views import pages


@pages.get("/<conference>/proposals/<code>/files/<file_code>")
@allow(Role.SIGNED_IN)
def file(code, file_code):
    """Take along a file that was sent with a proposal."""
    conference = current_conference()
    mine = queries.own(me(), conference).where(Submission.code == code)
    entrusted = queries.visible_to(me(), roles_here(), conference).where(Submission.code == code)
    submission = db.session.scalar(mine) or db.session.scalar(entrusted) or abort(404)
    found = db.session.scalar(question_queries.file_with(conference, file_code))
    if found is None or found.answer.submission_id != submission.id:
        abort(404)
    return headers.sealed(found.data, found.media_type, found.answer.text)
