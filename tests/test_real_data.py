"""The main job on a real call: PyCon Italia 2017, from its proposals to a released schedule.

The data lies beside the repository and is no part of it; without it these tests are skipped.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from flask import Flask
from lxml import etree

from cfp import clock
from cfp.db import db as database
from cfp.mail.models import Message, MessageState
from cfp.reviews import queries as reviews
from cfp.reviews.models import Assignment, AssignmentState, DeclaredConflict, Review
from cfp.schedule import puzzle, rules, service
from cfp.schedule.models import Placement, Schedule, ScheduleState
from cfp.schedule.problem import Level
from cfp.submissions.models import Decision, Outcome, Submission, Talk, TalkState
from scripts.benchmarks.stages.job import SOURCES, Job
from scripts.benchmarks.stages.order import STAGES, run
from tests.databases import make_app
from tests.interop.real import DATA, real
from tests.visitor import Visitor, rows

pytestmark = pytest.mark.slow
JOB = Job(SOURCES[0], DATA, seconds=5)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An installation in which all stages of the job have been gone through."""
    for file in (JOB.source.file, f"bids/{JOB.source.bids}", "formats/schema.json"):
        real(file)
    folder = tmp_path_factory.mktemp("real")
    environ = {"BASE_URL": "http://localhost", "MAIL_URL": f"file://{folder / 'mail'}"}
    app = make_app(folder, f"sqlite:///{folder / 'real.db'}", **environ)
    for stage in STAGES:
        run(app, stage, JOB)
    return app


@pytest.fixture
def finished(done: Flask):
    with done.test_request_context():
        yield done


def test_all_proposals_came_in(finished):
    assert rows(Submission) == 181
    assert all(one.speakers and one.format for one in database.session.query(Submission))


def test_everything_has_three_reviewers(finished):
    given = database.session.query(Assignment).filter_by(state=AssignmentState.PUBLISHED).all()
    each = Counter(one.submission_id for one in given)
    assert len(each) == 181
    assert set(each.values()) == {3}


def test_nobody_reviews_what_they_have_a_conflict_with(finished):
    declared = {
        (one.person_id, one.submission_id) for one in database.session.query(DeclaredConflict)
    }
    given = {(one.person_id, one.submission_id) for one in database.session.query(Assignment)}
    assert len(declared) == 42
    assert not declared & given


def pairs_of(model) -> set[tuple[int, int]]:
    return {(one.person_id, one.submission_id) for one in database.session.query(model)}


def test_reviewers_have_loads_within_one_of_each_other(finished):
    people = database.session.scalars(reviews.reviewers(JOB.conference.id)).all()
    loads = Counter(one.person_id for one in database.session.query(Assignment))
    assert len(people) == 31
    assert {loads[person.id] for person in people} == {17, 18}


def test_everything_was_scored(finished):
    assert rows(Review) == 3 * 181


def test_forty_are_selected_and_everybody_was_told(finished):
    decisions = database.session.query(Decision).all()
    assert Counter(one.outcome for one in decisions)[Outcome.ACCEPT] == 40
    assert len(decisions) == 181
    assert all(one.told_at for one in decisions)


def test_every_letter_left(finished):
    waiting = database.session.query(Message).filter(Message.state != MessageState.SENT).count()
    assert (waiting, rows(Message) > 181) == (0, True)


def test_every_talk_is_confirmed(finished):
    assert {talk.state for talk in database.session.query(Talk)} == {TalkState.CONFIRMED}


def test_every_talk_has_a_place_and_none_clashes(finished):
    programme = service.read_programme(JOB.conference)
    timetable = puzzle.timetable_of(programme.placements)
    found = rules.clashes(puzzle.problem_of(programme), timetable)
    assert len(timetable) == 40
    assert [clash.sentence for clash in found if clash.level is not Level.WARN] == []


def test_no_room_and_no_speaker_is_taken_twice(finished):
    """The same once more without the rule book: whoever shares a room or a person, in pairs."""
    schedule = database.session.query(Schedule).filter_by(state=ScheduleState.RELEASED).one()
    placements = database.session.query(Placement).filter_by(schedule_id=schedule.id).all()
    assert len({place.room_id for place in placements}) == 3
    zone = JOB.conference.timezone
    assert len({clock.local(place.starts_at, zone).date() for place in placements}) == 2
    for one, other in combinations(placements, 2):
        if one.starts_at < other.ends_at and other.starts_at < one.ends_at:
            assert one.room_id != other.room_id
            assert not people_on(one) & people_on(other)


def people_on(placement: Placement) -> set[int]:
    return {speaker.person_id for speaker in placement.talk.submission.speakers}


def test_the_released_schedule_is_valid_and_whole(finished):
    whole = etree.fromstring(Visitor(finished).get("/pycon-italia-2017/schedule.xml").data)
    etree.XMLSchema(etree.fromstring(real("formats/schedule.xml.xsd"))).assertValid(whole)
    titles = {talk.title for talk in database.session.query(Talk)}
    assert {event.findtext("title") for event in whole.iter("event")} == titles
