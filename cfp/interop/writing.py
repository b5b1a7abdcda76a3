"""All proposals of an edition as pretalx writes them, so that its readers and ours understand."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from cfp.conference.models import Conference
from cfp.db import db
from cfp.submissions import queries
from cfp.submissions.models import Outcome, Submission, SubmissionState, TalkState

OUTCOMES = {Outcome.ACCEPT: "accepted", Outcome.REJECT: "rejected", Outcome.WAITLIST: "submitted"}
LAST = {TalkState.CONFIRMED: "confirmed", TalkState.CANCELLED: "canceled"}


def proposals_of(conference: Conference) -> dict[str, Any]:
    """One page that holds everything handed in; drafts belong to those who write them."""
    select = (
        sa.select(Submission)
        .where(
            Submission.conference_id == conference.id,
            Submission.state != SubmissionState.DRAFT,
        )
        .options(*queries.with_all())
        .order_by(Submission.id)
    )
    results = [_proposal(one) for one in db.session.scalars(select)]
    return {"count": len(results), "next": None, "previous": None, "results": results}


def _proposal(one: Submission) -> dict[str, Any]:
    track, form = one.track, one.format
    return {
        "code": one.code,
        "title": one.title,
        "abstract": one.abstract,
        "description": "",
        "notes": one.notes,
        "submission_type": {"name": form.name, "default_duration": form.minutes} if form else None,
        "track": {"name": track.name} if track else None,
        "level": one.level.value if one.level else None,
        "content_locale": one.language,
        "do_not_record": not one.recording_consent,
        "state": _state(one),
        "created": one.created_at.isoformat(),
        "duration": form.minutes if form else None,
        "slots": [],
        "speakers": [
            {
                "code": speaker.person.code,
                "name": speaker.person.name,
                "email": speaker.person.email,
                "biography": speaker.person.biography,
            }
            for speaker in one.speakers
        ],
    }


def _state(one: Submission) -> str:
    if one.state is SubmissionState.WITHDRAWN:
        return "withdrawn"
    if one.talk is not None and one.talk.state in LAST:
        return LAST[one.talk.state]
    return OUTCOMES[one.decision.outcome] if one.decision else "submitted"
