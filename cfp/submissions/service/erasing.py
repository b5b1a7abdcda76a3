"""What the call keeps of somebody who is erased: proposals, answers, files, days, invitations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from cfp.db import db
from cfp.invited.models import Invitation
from cfp.people.erasing import ERASED, Fate, Line, forgets
from cfp.people.models import Person
from cfp.questions.models import Answer
from cfp.submissions import queries
from cfp.submissions.models import (
    Availability,
    ChangeRequest,
    Speaker,
    Stay,
    Submission,
    SubmissionState,
    TalkState,
    UnsentEdit,
)
from cfp.submissions.service.answers import cancel_talk, follow


def _mine(person: Person) -> list[Submission]:
    mine = sa.select(Speaker.submission_id).where(Speaker.person_id == person.id)
    select = sa.select(Submission).where(Submission.id.in_(mine)).options(*queries.with_all())
    return list(db.session.scalars(select))


def is_alone(submission: Submission) -> bool:
    return len(submission.speakers) == 1


def _has_been(submission: Submission, at: datetime) -> bool:
    """Whether its talk took place: then that it did, and under which title, is on record."""
    talk, decision = submission.talk, submission.decision
    is_known = talk is not None and (
        talk.state is not TalkState.UNCONFIRMED
        or (decision is not None and decision.told_at is not None)
    )
    return is_known and submission.conference.ends_on < at.date()


def _tell(person: Person, at: datetime) -> Iterator[Line]:
    mine = _mine(person)
    own = [one for one in mine if is_alone(one)]
    past = [one for one in own if _has_been(one, at)]
    drafts = [one for one in own if one.state is SubmissionState.DRAFT]
    yield Line(_("Drafts of yours alone"), len(drafts))
    yield Line(
        _("Proposals of yours alone: their text, answers and files"),
        len(own) - len(past) - len(drafts),
        Fate.NAMELESS,
        _("They are withdrawn and their text is gone; a talk still to come is cancelled."),
    )
    yield Line(
        _("Talks that you gave alone"),
        len(past),
        Fate.NAMELESS,
        _("Which talk took place when stays on record, without your name and without its text."),
    )
    yield Line(
        _("Proposals with others"),
        len(mine) - len(own),
        Fate.NAMELESS,
        _("You are taken off; the text belongs to the others as well, who carry on."),
    )
    yield Line(
        _("Changes to proposals that you typed and did not hand in"), _rows(person, UnsentEdit)
    )
    yield Line(_("When you can be there, travel and hotel"), _rows(person, Availability, Stay))


def _rows(person: Person, *models: Any) -> int:
    found = [sa.select(sa.func.count()).where(one.person_id == person.id) for one in models]
    return sum(db.session.scalar(one) or 0 for one in found)


def _forget(person: Person, at: datetime) -> None:
    for submission in _mine(person):
        if not is_alone(submission):
            _take_off(person, submission, at)
        elif submission.state is SubmissionState.DRAFT:
            db.session.delete(submission)
        else:
            _blank(submission, at)
    for model in (Availability, Stay, UnsentEdit):
        db.session.execute(sa.delete(model).where(model.person_id == person.id))
    db.session.execute(
        sa.update(ChangeRequest)
        .where(ChangeRequest.by_id == person.id)
        .values(why="", wanted={}, answer="")
    )
    _forget_invitations(person, at)
    db.session.flush()


def _take_off(person: Person, submission: Submission, at: datetime) -> None:
    gone = next(one for one in submission.speakers if one.person_id == person.id)
    submission.speakers.remove(gone)
    db.session.flush()
    if submission.talk is not None and submission.conference.ends_on >= at.date():
        follow(submission.talk, submission, at)


def _blank(submission: Submission, at: datetime) -> None:
    """Neither text nor answers nor files; the title goes as well unless the talk took place."""
    if not _has_been(submission, at):
        cancel_talk(submission, by=None, at=at)
        submission.state, submission.title = SubmissionState.WITHDRAWN, ERASED
    submission.abstract = submission.notes = ""
    for part in (submission.talk, *submission.later_parts):
        if part is not None:
            part.title = submission.title if submission.title == ERASED else part.title
            part.abstract = part.subtitle = ""
    db.session.execute(sa.delete(Answer).where(Answer.submission_id == submission.id))


def _forget_invitations(person: Person, at: datetime) -> None:
    theirs = [Invitation.person_id == person.id]
    if person.email:
        theirs.append(Invitation.email == person.email)
    for one in db.session.scalars(sa.select(Invitation).where(sa.or_(*theirs))):
        one.name, one.email, one.note = ERASED, "", ""
        one.withdrawn_at = one.withdrawn_at or (None if one.taken_at else at)


forgets(_tell, _forget)
