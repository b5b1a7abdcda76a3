"""Keynotes are invited: handed in, they are accepted, and whoever hands them in comes."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from cfp.db import db
from cfp.invited import queries
from cfp.people.models import Person
from cfp.submissions.models import Outcome, Submission
from cfp.submissions.service.answers import confirm
from cfp.submissions.service.decisions import decide


def accept_keynote(submission: Submission, *, by: Person, at: datetime) -> None:
    """No committee reads it and no letter says so: the invitation did. By whoever invited."""
    people = [speaker.person_id for speaker in submission.speakers]
    found = db.session.scalars(queries.taken_by(submission.conference, people)).all()
    fitting = (one.by for one in found if one.format_id == submission.format_id)
    chair = next((person for person in fitting if person is not None), by)
    decision = decide(submission, Outcome.ACCEPT, by=chair, at=at, reason=_("Invited."))
    decision.told_at, decision.told_outcome = at, Outcome.ACCEPT
    db.session.flush()
    db.session.expire(submission, ["decision", "talk"])
    for speaker in submission.speakers:
        if speaker.person_id == by.id:
            confirm(speaker, at=at)
