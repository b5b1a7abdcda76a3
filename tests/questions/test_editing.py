"""Organisers edit the form: what was answered is never lost by it."""

from datetime import date

import pytest

from cfp.conference.service import editions
from cfp.db import db as database
from cfp.errors import Refused
from cfp.questions import queries, service
from cfp.questions.asking import Kind, Readers
from cfp.questions.models import Answer, Question
from cfp.questions.service.answering import Sent
from cfp.questions.service.editing import Wording
from tests.make import make_conference, make_format, make_person, make_submission, make_track
from tests.questions.asked import make_question
from tests.visitor import rows


@pytest.fixture
def who(db, now):
    return {"by": make_person(), "at": now}


def labels(conference):
    return [q.label for q in database.session.scalars(queries.of_conference(conference))]


def test_questions_stand_in_the_order_of_the_organiser(who):
    conference = make_conference()
    questions = [service.add(conference, Wording(Kind.LINE, label), **who) for label in "abc"]
    service.move(questions[2], up=True)
    service.move(questions[0], up=True)  # already the first
    assert labels(conference) == ["a", "c", "b"]


@pytest.mark.parametrize(
    ("wording", "field"),
    [
        (Wording(Kind.LINE, ""), "label"),
        (Wording(Kind.CHOICE, "Size", choices=("S",)), "choices"),
        (Wording(Kind.NUMBER, "Chairs", least=5, most=3), "most"),
        (Wording(Kind.FILE, "Plan", readers=Readers.REVIEWERS), "readers"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_at_its_field(who, wording, field):
    with pytest.raises(Refused) as refused:
        service.add(make_conference(), wording, **who)
    assert refused.value.field == field


def test_an_answered_question_keeps_its_kind_and_is_not_removed(who):
    submission = make_submission()
    question = make_question(submission.conference)
    database.session.add(Answer(question=question, submission_id=submission.id, text="Yes"))
    database.session.flush()
    with pytest.raises(Refused):
        service.change(question, Wording(Kind.NUMBER, "How many"), **who)
    with pytest.raises(Refused):
        service.remove(question, **who)
    service.change(question, Wording(Kind.LINE, "Anew"), **who)
    service.set_asked(question, asked=False, **who)
    assert database.session.scalars(queries.asked(submission.conference)).all() == []
    assert (question.label, rows(Answer)) == ("Anew", 1)


def test_a_question_without_answers_is_removed(who):
    service.remove(make_question(make_conference()), **who)
    assert rows(Question) == 0


def test_a_clone_asks_the_same_of_its_own_formats_and_tracks(who):
    source = make_conference()
    lecture, light = make_format(source), make_track(source, "Light")
    make_question(source, label="Chairs", formats=[lecture.id], tracks=[light.id])
    make_question(source, label="Retired", is_asked=False)
    basics = editions.Basics("Next", date(2028, 5, 10), date(2028, 5, 11))
    clone = editions.create_edition("next", basics, reserved=(), source=source, **who)
    [question] = database.session.scalars(queries.of_conference(clone))
    assert question.label == "Chairs"
    assert question.formats == [clone.formats[0].id] != [lecture.id]
    assert question.tracks == [clone.tracks[0].id]


def test_a_file_too_large_is_refused_at_its_field(db, now):
    submission = make_submission()
    question = make_question(submission.conference, Kind.FILE, most=1)
    too_large = Sent("plan.pdf", b"%PDF-1.7" + b"x" * 1024 * 1024)
    with pytest.raises(Refused, match="at most 1 MB") as refused:
        service.keep_answers(submission.id, [question], {question.id: too_large}, at=now)
    assert refused.value.field == f"q_{question.code}"
