"""Two clicks, two tabs, two people at the same moment: one of them waits, nothing is lost."""

from dataclasses import replace

from cfp.db import db as database
from cfp.people.models import Person
from cfp.submissions import service
from cfp.submissions.models import Decision, Outcome, Submission, Talk
from cfp.submissions.service import Content
from tests.make import make_conference, make_person, make_submission
from tests.visitor import rows


def test_a_double_click_in_two_processes_begins_one_proposal(at_once, db, now):
    conference, person = make_conference(), make_person()
    edition_id, person_id = conference.id, person.id

    def click():
        edition = database.session.get(type(conference), edition_id)
        by = database.session.get(Person, person_id)
        return service.begin(edition, Content("Snow"), key="1", by=by, at=now)[1]

    assert sorted(at_once(click, click)) == [False, True]
    assert rows(Submission) == 1


def test_of_two_tabs_saved_at_once_one_is_asked_to_compare(at_once, db, now):
    submission = make_submission()
    person_id, submission_id = submission.speakers[0].person_id, submission.id
    content, seen = service.content_of(submission), submission.version

    def save(title):
        def deed():
            mine = database.session.get(Submission, submission_id)
            by = database.session.get(Person, person_id)
            service.change(mine, replace(content, title=title), seen=seen, by=by, at=now)
            return "saved"

        return deed

    assert sorted(at_once(save("Ice"), save("Hail"))) == ["SavedElsewhere", "saved"]
    assert submission.title in {"Ice", "Hail"}


def test_two_chairs_who_accept_at_once_make_one_talk(at_once, db, now):
    submission, chair = make_submission(), make_person()
    submission_id, chair_id = submission.id, chair.id

    def accept():
        mine = database.session.get(Submission, submission_id)
        by = database.session.get(Person, chair_id)
        service.decide(mine, Outcome.ACCEPT, by=by, at=now)
        return "decided"

    assert at_once(accept, accept) == ["decided", "decided"]
    assert (rows(Decision), rows(Talk)) == (1, 1)


def test_a_change_and_a_decision_at_once_leave_the_talk_with_the_text_that_was_judged(
    at_once, db, now
):
    submission, chair = make_submission(), make_person()
    ids, content = (submission.id, chair.id), service.content_of(submission)

    def accept():
        by = database.session.get(Person, ids[1])
        service.decide(database.session.get(Submission, ids[0]), Outcome.ACCEPT, by=by, at=now)

    def change():
        mine = database.session.get(Submission, ids[0])
        by = mine.speakers[0].person
        service.change(mine, replace(content, title="Ice"), seen=mine.version, by=by, at=now)

    at_once(accept, change)
    assert database.session.query(Talk).one().title == submission.title
