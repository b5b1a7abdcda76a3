"""A question of each kind in the form of a proposal, and answers to some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cfp.conference.models import Conference
from cfp.db import db
from cfp.interop.models import ImportFile
from cfp.interop.service.handing_over import TAKE_IN
from cfp.jobs.models import JobRun, RunState
from cfp.questions.asking import Kind
from cfp.questions.models import Answer, AnswerFile, Question
from cfp.submissions.models import ChangeRequest, Decision, Submission, SubmissionState, UnsentEdit
from cfp.wishlist.models import Support, WishedTalk, WishState
from cfp.wishlist.visitor import Visitor
from tests.bad_input.guests import invite
from tests.bad_input.rows import rows_of
from tests.conftest import NOW
from tests.questions.asked import make_question

if TYPE_CHECKING:
    from tests.bad_input.world import World

SECRET = "the secret of a supporter"
A_PAGE = b"%PDF-1.7\ntrailer\n%%EOF\n"


def ask(world: World) -> None:
    """Named after its kind, so that a file can be sent for the one that wants a file."""
    for kind in Kind:
        make_question(world.here, kind, code=kind.name)
    make_question(world.there, Kind.LINE, code="THEIRS")
    for place in (world.here, world.there):
        question = (
            db.session.query(Question).filter_by(conference_id=place.id).order_by("id").first()
        )
        for submission in rows_of(Submission, place):
            _answer(submission, question)
    invite(world)
    _ask_for_a_change(world)
    _type_over(world)
    for edition in (world.here, world.there):
        _wish(edition)
        _bring(edition)


def _answer(submission: Submission, question: Question | None) -> None:
    by_file = db.session.query(Question).filter_by(code="FILE").one()
    db.session.add(Answer(question=question, submission_id=submission.id, text="Five chairs"))
    if submission.conference_id == by_file.conference_id:
        sent = AnswerFile(media_type="application/pdf", size=len(A_PAGE), data=A_PAGE)
        plan = Answer(question=by_file, submission_id=submission.id, text="plan.pdf", file=sent)
        db.session.add(plan)
    db.session.flush()


def _wish(edition: Conference) -> None:
    """A wish in each state, and one that a visitor supports."""
    for state in WishState:
        db.session.add(WishedTalk(conference_id=edition.id, title=state.value, state=state))
    supported = WishedTalk(conference_id=edition.id, title="Snow", state=WishState.SHOWN)
    db.session.add(supported)
    db.session.flush()
    visitor = Visitor(None, SECRET)
    db.session.add(Support(wish_id=supported.id, browser_hash=visitor.browser_hash))
    db.session.flush()


def _bring(edition: Conference) -> None:
    """A file of another system whose trial has ended."""
    counts = dict.fromkeys(("new", "changed", "unchanged", "cancelled", "repairs", "refused"), 1)
    result = {"counts": counts, "lines": {sort: ["Hail"] for sort in counts}}
    trial = JobRun(job=TAKE_IN, conference_id=edition.id, state=RunState.DONE, result=result)
    file = ImportFile(conference_id=edition.id, name="t.csv", data=b"title\nHail\n", trial=trial)
    db.session.add(file)
    db.session.flush()


def _ask_for_a_change(world: World) -> None:
    """The speaker whose talk was told would like another title."""
    speaker = world.people["speaker"]
    told = db.session.query(Decision).filter(Decision.told_at.is_not(None))
    found = told.join(Decision.submission).filter_by(conference_id=world.here.id)
    submission = next(
        one.submission for one in found if one.submission.speakers[0].person is speaker
    )
    db.session.add(ChangeRequest(submission=submission, by=speaker, wanted={"title": "Hail"}))
    db.session.flush()


def _type_over(world: World) -> None:
    """The speaker has typed something over what is handed in, and has not handed it in."""
    speaker = world.people["speaker"]
    mine = db.session.query(Submission).filter_by(
        created_by_id=speaker.id, state=SubmissionState.SUBMITTED, decision=None
    )
    kin = {"submission_id": mine.order_by(Submission.id).first().id, "person_id": speaker.id}
    db.session.add(UnsentEdit(seen=1, typed={"title": ["Hail"]}, saved_by="phone", at=NOW, **kin))
    db.session.flush()
