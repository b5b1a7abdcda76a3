"""A talk of a file as an announced talk with its place in the draft, and how it is taken back."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from cfp.db import db
from cfp.interop.imported import ImportedTalk
from cfp.interop.service.edition import USUAL_MINUTES, Edition
from cfp.people.models import Person
from cfp.people.service import log
from cfp.schedule.models import Opening, Placement, Schedule, ScheduleState
from cfp.submissions.models import (
    Decision,
    Outcome,
    Submission,
    SubmissionState,
    Talk,
    TalkState,
)


def announce(
    submission: Submission, talk: ImportedTalk, edition: Edition, *, by: Person, at: datetime
) -> bool:
    """Make the submission an accepted, confirmed talk, at its place if it has one."""
    if submission.decision is None:
        submission.decision = Decision(
            outcome=Outcome.ACCEPT, by=by, at=at, told_at=at, told_outcome=Outcome.ACCEPT
        )
        submission.decision.reason = "Imported as part of a programme."
    values = {
        "title": submission.title,
        "subtitle": talk.subtitle[:200],
        "abstract": submission.abstract,
        "format_id": submission.format_id,
        "track_id": submission.track_id,
        "minutes": min(max(talk.minutes or USUAL_MINUTES, 1), 1440),
        "language": submission.language,
        "recording_consent": submission.recording_consent,
        "state": TalkState.CONFIRMED,
    }
    found = submission.talk
    if found is None:
        found = submission.talk = Talk(conference_id=submission.conference_id, **values)
        changed = True
    else:
        changed = any(getattr(found, name) != value for name, value in values.items())
        for name, value in values.items():
            setattr(found, name, value)
    db.session.flush()
    return _place(found, talk, edition) or changed


def _place(found: Talk, talk: ImportedTalk, edition: Edition) -> bool:
    """Put the talk where the file has it; True if it moved."""
    draft = _draft(edition)
    known = db.session.scalar(
        sa.select(Placement).where(Placement.schedule_id == draft.id, Placement.talk_id == found.id)
    )
    if talk.start is None or not talk.room:
        if known is not None:
            db.session.delete(known)
        return known is not None
    room = edition.room(talk.room)
    ends = talk.start + timedelta(minutes=found.minutes)
    place = {"room_id": room.id, "starts_at": talk.start, "ends_at": ends}
    if known is None:
        db.session.add(Placement(schedule_id=draft.id, talk_id=found.id, **place))
    elif any(getattr(known, name) != value for name, value in place.items()):
        for name, value in place.items():
            setattr(known, name, value)
    else:
        return False
    _open(room.id, talk.start, ends, edition)
    return True


def _draft(edition: Edition) -> Schedule:
    here = edition.conference.id
    found = db.session.scalar(
        sa.select(Schedule).where(
            Schedule.conference_id == here, Schedule.state == ScheduleState.DRAFT
        )
    )
    if found is None:
        found = Schedule(conference_id=here)
        db.session.add(found)
        db.session.flush()
    return found


def _open(room_id: int, starts: datetime, ends: datetime, edition: Edition) -> None:
    """See that the room is open then: a stretch of the same day grows, else there is a new one."""
    near = timedelta(hours=6)
    found = db.session.scalar(
        sa.select(Opening).where(
            Opening.room_id == room_id,
            Opening.starts_at <= ends + near,
            Opening.ends_at >= starts - near,
        )
    )
    if found is None:
        found = Opening(conference_id=edition.conference.id, room_id=room_id)
        found.starts_at, found.ends_at = starts, ends
        db.session.add(found)
    else:
        found.starts_at, found.ends_at = min(found.starts_at, starts), max(found.ends_at, ends)
    db.session.flush()


def take_back(submission: Submission, *, by: Person, at: datetime) -> bool:
    """Cancel the talk, or withdraw what nobody had accepted; True if it was not gone already."""
    if submission.talk is not None:
        if submission.talk.state is TalkState.CANCELLED:
            return False
        parts = [submission.talk, *submission.later_parts]
        for part in parts:
            part.state = TalkState.CANCELLED
        db.session.execute(
            sa.delete(Placement).where(
                Placement.talk_id.in_([part.id for part in parts]),
                Placement.schedule_id.in_(
                    sa.select(Schedule.id).where(Schedule.state == ScheduleState.DRAFT)
                ),
            )
        )
    elif submission.state is SubmissionState.WITHDRAWN:
        return False
    else:
        submission.state = SubmissionState.WITHDRAWN
    log("vanished from the import", submission, by=by, at=at)
    return True
