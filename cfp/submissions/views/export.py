"""The team's list of proposals as a file."""

from __future__ import annotations

from flask import Response

from cfp.access import Role, allow
from cfp.conference.current import current_conference, roles_here
from cfp.db import db
from cfp.questions import queries as question_queries
from cfp.questions.models import Answer
from cfp.submissions import queries
from cfp.submissions.export import as_csv
from cfp.submissions.views import pages
from cfp.submissions.views.found import me
from cfp.submissions.views.team import filtered


@pages.get("/<conference>/team/proposals.csv")
@allow(Role.ORGANISER, Role.CHAIR, Role.TRACK_CHAIR)
def export():
    """Take the list of proposals along as CSV."""
    _everything, some = filtered()
    found = db.session.scalars(some.options(*queries.with_all())).all()
    answers: dict[int, list[Answer]] = {}
    for answer in db.session.scalars(question_queries.answers_of([one.id for one in found])):
        answers.setdefault(answer.submission_id, []).append(answer)
    asked = db.session.scalars(question_queries.of_conference(current_conference())).all()
    text = as_csv(found, me(), roles_here(), asked, answers)
    name = f"{current_conference().slug}-proposals.csv"
    return Response(
        text, mimetype="text/csv", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
