"""A question of each kind in the form of a proposal, and answers to some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cfp.db import db
from cfp.questions.asking import Kind
from cfp.questions.models import Answer, AnswerFile, Question
from cfp.submissions.models import ChangeRequest, Decision, Submission
from tests.bad_input.guests import invite
from tests.questions.asked import make_question

if TYPE_CHECKING:
    from tests.bad_input.world import World

A_PAGE = b"%PDF-1.7\ntrailer\n%%EOF\n"


def ask(world: World) -> None:
    """Named after its kind, so that a file can be sent for the one that wants a file."""
    for kind in Kind:
        make_question(world.here, kind, code=kind.name)
    make_question(world.there, Kind.LINE, code="THEIRS")
    for place in (world.here, world.there):
        question = db.session.query(Question).filter_by(conference_id=place.id).first()
        for submission in db.session.query(Submission).filter_by(conference_id=place.id):
            _answer(submission, question)
    invite(world)
    _wish(world)


def _answer(submission: Submission, question: Question | None) -> None:
    by_file = db.session.query(Question).filter_by(code="FILE").one()
    db.session.add(Answer(question=question, submission_id=submission.id, text="Five chairs"))
    if submission.conference_id == by_file.conference_id:
        sent = AnswerFile(media_type="application/pdf", size=len(A_PAGE), data=A_PAGE)
        plan = Answer(question=by_file, submission_id=submission.id, text="plan.pdf", file=sent)
        db.session.add(plan)
    db.session.flush()


def _wish(world: World) -> None:
    """The speaker whose talk was told would like another title."""
    speaker = world.people["speaker"]
    told = db.session.query(Decision).filter(Decision.told_at.is_not(None))
    found = told.join(Decision.submission).filter_by(conference_id=world.here.id)
    submission = next(
        one.submission for one in found if one.submission.speakers[0].person is speaker
    )
    db.session.add(ChangeRequest(submission=submission, by=speaker, wanted={"title": "Hail"}))
    db.session.flush()
