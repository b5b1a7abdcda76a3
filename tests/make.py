"""Test data by plain functions: ``make_submission(title="Snow")``; the rest has defaults."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from cfp.access import Role
from cfp.codes import hashed
from cfp.conference.models import Conference, Format, Membership, Publicity, Room, Track
from cfp.db import db
from cfp.people.models import Person
from cfp.reviews.models import (
    Argument,
    Assignment,
    AssignmentState,
    Ballot,
    Criterion,
    LengthOffer,
    Review,
    ReviewerInvitation,
    Side,
)
from cfp.schedule.models import Opening, Placement, Schedule
from cfp.submissions.models import (
    Decision,
    Outcome,
    Speaker,
    Submission,
    SubmissionState,
    Talk,
    TalkState,
)

Thing = TypeVar("Thing")
_numbers = count(1)
CONFIRMED = datetime(2026, 1, 1, tzinfo=UTC)


def _add(thing: Thing) -> Thing:
    db.session.add(thing)
    db.session.flush()
    return thing


def make_person(name: str | None = None, **values: Any) -> Person:
    number = next(_numbers)
    values = {
        "email": f"person{number}@example.org",
        "email_confirmed_at": CONFIRMED,
        "name": name or f"Person {number}",
    } | values
    return _add(Person(**values))


def make_conference(**values: Any) -> Conference:
    """A public two-day edition whose call is open from 2026-12-01 to 2027-02-28."""
    number = next(_numbers)
    values = {
        "slug": f"conf{number}",
        "name": f"Conference {number}",
        "starts_on": date(2027, 5, 10),
        "ends_on": date(2027, 5, 11),
        "publicity": Publicity.PUBLIC,
        "call_opens_at": datetime(2026, 12, 1, tzinfo=UTC),
        "call_closes_at": datetime(2027, 2, 28, 22, 59, 59, tzinfo=UTC),
    } | values
    return _add(Conference(**values))


def make_format(
    conference: Conference, name: str = "Talk", minutes: int = 40, **values: Any
) -> Format:
    return _add(Format(conference_id=conference.id, name=name, minutes=minutes, **values))


def make_track(conference: Conference, name: str = "Community", **values: Any) -> Track:
    return _add(Track(conference_id=conference.id, name=name, **values))


def make_room(conference: Conference, name: str = "Hall", **values: Any) -> Room:
    return _add(Room(conference_id=conference.id, name=name, **{"capacity": 100} | values))


def make_member(conference: Conference, role: Role, person: Person | None = None) -> Person:
    """A person with that role in that edition."""
    person = person or make_person(f"The {role.value}")
    _add(Membership(conference_id=conference.id, person_id=person.id, role=role))
    return person


def make_submission(conference: Conference | None = None, **values: Any) -> Submission:
    """A submitted proposal with one speaker (``speakers=[...]`` for others)."""
    conference = conference or make_conference()
    speakers = values.pop("speakers", None) or [make_person()]
    if "format_id" not in values:
        known = conference.formats or [make_format(conference)]
        db.session.expire(conference, ["formats"])
        values["format_id"] = known[0].id
    values = {
        "title": f"Proposal {next(_numbers)}",
        "abstract": "What happened, and what we learnt from it.",
        "state": SubmissionState.SUBMITTED,
        "submitted_at": datetime(2027, 1, 2, tzinfo=UTC),
        "created_by_id": speakers[0].id,
    } | values
    submission = Submission(conference_id=conference.id, **values)
    submission.speakers = [Speaker(person=p, position=n) for n, p in enumerate(speakers)]
    return _add(submission)


def make_assignment(submission: Submission, person: Person, **values: Any) -> Assignment:
    values = {"state": AssignmentState.PUBLISHED} | values
    return _add(
        Assignment(
            submission=submission, person=person, conference_id=submission.conference_id, **values
        )
    )


def make_review(submission: Submission, person: Person, score: int = 3, **values: Any) -> Review:
    return _add(
        Review(
            submission=submission,
            person=person,
            conference_id=submission.conference_id,
            score=score,
            **values,
        )
    )


def make_criterion(conference: Conference, label: str = "Can somebody use it?") -> Criterion:
    return _add(Criterion(conference_id=conference.id, label=label))


def make_argument(
    submission: Submission, person: Person, text: str = "It is new.", side: Side = Side.FOR
) -> Argument:
    return _add(
        Argument(
            submission=submission,
            person=person,
            conference_id=submission.conference_id,
            side=side,
            text=text,
        )
    )


def make_invitation(
    conference: Conference, email: str, token: str | None = None, **values: Any
) -> ReviewerInvitation:
    """Somebody who was asked to review, with a fortnight to answer from the middle of January."""
    values = {
        "at": datetime(2027, 1, 15, tzinfo=UTC),
        "expires_at": datetime(2027, 1, 29, tzinfo=UTC),
        "token_hash": hashed(token or email),
    } | values
    return _add(ReviewerInvitation(conference_id=conference.id, email=email, **values))


def make_ballot(conference: Conference, by: Person, **values: Any) -> Ballot:
    """An open vote on a line-up of nothing."""
    values = {"fingerprint": "f" * 64, "seed": "2027", "outcomes": {}} | values
    return _add(Ballot(conference_id=conference.id, by_id=by.id, **values))


def make_length_offer(
    submission: Submission, format_: Format, by: Person, token: str | None = None, **values: Any
) -> LengthOffer:
    values = {"format_id": format_.id, "by_id": by.id} | values
    values = {"token_hash": hashed(token or submission.code)} | values
    return _add(
        LengthOffer(submission=submission, conference_id=submission.conference_id, **values)
    )


def make_decision(
    submission: Submission, outcome: Outcome = Outcome.ACCEPT, **values: Any
) -> Decision:
    values = {"by": make_person("The chair")} | values
    return _add(Decision(submission=submission, outcome=outcome, **values))


def make_talk(conference: Conference | None = None, **values: Any) -> Talk:
    """A confirmed talk with its accepted submission."""
    submission = values.pop("submission", None)
    if submission is None:
        speakers = values.pop("speakers", None)
        submission = make_submission(conference, speakers=speakers)
        make_decision(submission)
    values = {
        "title": submission.title,
        "abstract": submission.abstract,
        "format_id": submission.format_id,
        "minutes": 40,
        "track_id": submission.track_id,
        "state": TalkState.CONFIRMED,
    } | values
    return _add(Talk(submission=submission, conference_id=submission.conference_id, **values))


def make_schedule(conference: Conference, **values: Any) -> Schedule:
    return _add(Schedule(conference_id=conference.id, **values))


def make_opening(room: Room, starts_at: datetime, hours: float = 8) -> Opening:
    ends_at = starts_at + timedelta(hours=hours)
    return _add(
        Opening(
            conference_id=room.conference_id, room_id=room.id, starts_at=starts_at, ends_at=ends_at
        )
    )


def make_placement(schedule: Schedule, talk: Talk, room: Room, starts_at: datetime) -> Placement:
    ends_at = starts_at + timedelta(minutes=talk.minutes)
    return _add(
        Placement(schedule=schedule, talk=talk, room=room, starts_at=starts_at, ends_at=ends_at)
    )
