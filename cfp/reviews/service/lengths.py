"""Another length for a proposal: offered by the committee, taken or not by its speakers."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from cfp.codes import hashed, new_token
from cfp.conference.letters import address
from cfp.conference.models import Format
from cfp.db import db, lock
from cfp.errors import Refused
from cfp.mail import service as mail
from cfp.people.models import Person
from cfp.people.service import log
from cfp.reviews.models import LengthOffer
from cfp.reviews.queries import choosing as queries
from cfp.submissions.models import Outcome, Submission, SubmissionState

MOST_WORDS = 300


def offer(
    submission: Submission, format_: Format, note: str = "", *, by: Person, at: datetime
) -> LengthOffer:
    """Ask the speakers whether they would take another format; until then nothing changes."""
    lock(submission)
    _check(submission, format_)
    token = new_token()
    made = LengthOffer(
        conference_id=submission.conference_id,
        submission_id=submission.id,
        format_id=format_.id,
        by_id=by.id,
        at=at,
        note=note[:MOST_WORDS],
        token_hash=hashed(token),
    )
    db.session.add(made)
    db.session.flush()
    log("offered length", submission, by=by, at=at, format=format_.name)
    conference = submission.conference
    where = {"conference": conference.slug, "code": made.code, "token": token}
    for speaker in submission.speakers:
        mail.post(
            "length_offered",
            speaker.person,
            at=at,
            key=f"length:{made.id}:{speaker.person_id}",
            conference_id=conference.id,
            conference=conference,
            title=" ".join(submission.title.split()),
            was=submission.format,
            offered=format_,
            note=made.note,
            link=address("reviews.length_by_link", **where),
        )
    return made


def _check(submission: Submission, format_: Format) -> None:
    if submission.state is not SubmissionState.SUBMITTED:
        raise Refused(_("This proposal was withdrawn."))
    if submission.format_id == format_.id:
        raise Refused(_("This is its format already."), field="format")
    told = submission.decision.told_at if submission.decision else None
    if told and submission.decision and submission.decision.outcome is Outcome.REJECT:
        raise Refused(_("The speakers were told that it is declined."))
    if any(one.answered_at is None for one in db.session.scalars(queries.offers_on(submission.id))):
        raise Refused(_("There is an offer without an answer. Take it back first."))


def answer(offer: LengthOffer, *, yes: bool, by: Person | None, at: datetime) -> None:
    """Take the other length or keep one's own; the first answer of a speaker counts."""
    submission = offer.submission
    lock(submission)
    lock(offer)
    if offer.answered_at is not None:
        raise Refused(_("This offer was answered already."))
    if submission.state is not SubmissionState.SUBMITTED:
        raise Refused(_("This proposal was withdrawn."))
    offer.answered_at, offer.accepted = at, yes
    was = submission.format.name if submission.format else ""
    if yes:
        submission.format = offer.format
        if submission.talk is not None:
            submission.talk.format, submission.talk.minutes = offer.format, offer.format.minutes
    db.session.flush()
    log("answered length", submission, by=by, at=at, was=was, format=offer.format.name, yes=yes)


def take_back(offer: LengthOffer, *, by: Person, at: datetime) -> None:
    """The offer no longer stands; its link leads nowhere."""
    if offer.answered_at is not None:
        raise Refused(_("This offer was answered already."))
    log("took back length", offer, by=by, at=at, submission=offer.submission_id)
    db.session.delete(offer)
    db.session.flush()
