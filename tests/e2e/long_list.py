"""Gives one reviewer of the demo many proposals that are still to be judged; run as a program."""

import sys

import sqlalchemy as sa

from cfp import clock, create_app
from cfp.conference.models import Conference
from cfp.config import read_settings
from cfp.db import db, transaction
from cfp.people.models import Person
from cfp.reviews.models import Assignment, AssignmentState
from cfp.reviews.service import conflicts
from cfp.submissions.models import Submission, SubmissionState


def main(address: str, wanted: int) -> None:
    """So that ``wanted`` are open, none of which the person has seen or must not judge."""
    with create_app(read_settings()).app_context(), transaction():
        here = db.session.scalars(sa.select(Conference).order_by(Conference.id)).first()
        reviewer = db.session.scalars(sa.select(Person).filter_by(email=address)).one()
        mine = sa.select(Assignment.submission_id).where(Assignment.person_id == reviewer.id)
        handed_in = sa.select(Submission).where(
            Submission.conference_id == here.id,
            Submission.state == SubmissionState.SUBMITTED,
            Submission.id.not_in(mine),
        )
        barred = {one.submission for one in conflicts.of_edition(here)}
        free = [one for one in db.session.scalars(handed_in) if one.id not in barred]
        for submission in free[:wanted]:
            db.session.add(
                Assignment(
                    conference_id=here.id,
                    submission=submission,
                    person=reviewer,
                    state=AssignmentState.PUBLISHED,
                    assigned_at=clock.now(),
                )
            )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
