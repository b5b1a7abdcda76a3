"""The team's list of proposals as a file."""

from __future__ import annotations

from cfp.access import Role, allow
from cfp.conference.current import current_conference, roles_here
from cfp.db import db
from cfp.headers import attached
from cfp.people.session import me
from cfp.questions import queries as question_queries
from cfp.questions.models import Answer
from cfp.sheets import as_csv
from cfp.submissions import queries
from cfp.submissions.export import as_table
from cfp.submissions.views import pages
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
    table = as_table(found, me(), roles_here(), asked, answers)
    return attached(as_csv(table), f"{current_conference().slug}-proposals.csv", "text/csv")
