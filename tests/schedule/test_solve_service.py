"""The solver as a job: it plans the rest, keeps what is held, and never overwrites anybody."""

from datetime import time

import pytest

from cfp.db import db as database
from cfp.db import transaction
from cfp.errors import Refused
from cfp.jobs import service as jobs
from cfp.jobs.models import JobRun, RunState
from cfp.schedule import puzzle, rules, service, tasks
from tests.conftest import NOW
from tests.make import make_talk
from tests.schedule.edition import Edition


class Watcher:
    """Watches a job in a test; ``stops`` asks it to end at once."""

    def __init__(self, *, stops=False):
        self.stops = stops
        self.said = []

    def progress(self, share, text=""):
        self.said.append((share, text))

    def is_cancelled(self):
        return self.stops


def solve(edition, watch=None, seconds=2, **more):
    with transaction():
        pass  # what the test has made so far
    return tasks.solve(
        watch or Watcher(),
        conference_id=edition.conference.id,
        seconds=seconds,
        seed=1,
        asked_by=edition.organiser.id,
        **more,
    )


def clashes(edition):
    programme = edition.programme
    timetable = puzzle.timetable_of(programme.placements)
    return [c.sentence for c in rules.clashes(puzzle.problem_of(programme), timetable)]


def test_the_worker_plans_an_empty_draft_without_a_clash(db):
    edition = Edition(talks=4)
    with transaction():
        run = jobs.ask_once(
            tasks.SOLVE,
            by=edition.organiser,
            at=NOW,
            conference_id=edition.conference.id,
            seconds=2,
            seed=1,
            asked_by=edition.organiser.id,
        )
    assert jobs.run_waiting() == 1
    database.session.expire_all()
    run = database.session.get_one(JobRun, run.id)
    assert (run.state, run.error) == (RunState.DONE, "")
    assert (run.result["placed"], run.result["unplaced"], run.result["adopted"]) == (4, [], True)
    assert len(edition.places) == 4
    assert clashes(edition) == []


def test_what_is_pinned_stays_where_it_is(db):
    edition = Edition(talks=4)
    edition.place(talk=2, room=2, hour=13, minute=5)
    service.pin(edition.conference, edition.talks[1], pinned=True, **edition.by)
    solve(edition)
    assert edition.places["Talk 2"] == ("Room 2", "10 13:05")
    assert len(edition.places) == 4
    assert clashes(edition) == []


def test_it_fills_only_the_rest_when_asked_to(db):
    edition = Edition(talks=4)
    edition.place(talk=1, hour=13, minute=5)
    edition.place(talk=2, hour=13, minute=25)  # it clashes, and is to stay all the same
    before = edition.places
    solve(edition, only_rest=True)
    assert len(edition.places) == 4
    assert {title: edition.places[title] for title in before} == before
    assert len(clashes(edition)) == 1
    assert not any(placement.pinned for placement in edition.programme.placements)


def test_what_is_held_against_the_rules_stays_and_nothing_is_put_upon_it(db):
    edition = Edition(rooms=1, talks=6, hours=(time(9), time(13)))
    conference, day = edition.conference, edition.conference.days[1]
    service.set_openings(conference, edition.rooms, [day], None, **edition.by)
    service.add_break(conference, "Tea", conference.days[0], (time(11), time(12)), **edition.by)
    edition.place(talk=1, hour=10, minute=30)  # it runs into the break
    service.pin(conference, edition.talks[0], pinned=True, **edition.by)
    result = solve(edition)
    assert edition.places["Talk 1"] == ("Room 1", "10 10:30")
    assert len(clashes(edition)) == 1
    assert result["placed"] == len(edition.places)
    assert "Talk 1" not in {unplaced["title"] for unplaced in result["unplaced"]}


def test_there_is_an_answer_when_not_all_fit_with_a_reason_in_words(db):
    edition = Edition(rooms=1, talks=2)
    make_talk(edition.conference, title="Marathon", minutes=600)
    result = solve(edition)
    (unplaced,) = result["unplaced"]
    assert set(edition.places) == {"Talk 1", "Talk 2"}
    assert unplaced["title"] == "Marathon"
    assert unplaced["reason"]


def test_there_is_an_answer_without_any_hours(db):
    edition = Edition(hours=None, talks=2)
    result = solve(edition)
    assert (result["placed"], len(result["unplaced"])) == (0, 2)


def test_a_draft_that_was_edited_meanwhile_is_left_alone_and_the_plan_offered(db, monkeypatch):
    edition = Edition(talks=3)
    think = tasks.think

    def think_while_somebody_edits(*arguments):
        with transaction():
            edition.place(talk=1, hour=15)
        return think(*arguments)

    monkeypatch.setattr(tasks, "think", think_while_somebody_edits)
    result = solve(edition)
    assert not result["adopted"]
    assert edition.places == {"Talk 1": ("Room 1", "10 15:00")}
    assert len(result["timetable"]) == 3


def test_who_stops_it_is_offered_what_was_found(db):
    edition = Edition(talks=3)
    result = solve(edition, Watcher(stops=True), seconds=30)
    assert not result["adopted"]
    assert edition.places == {}
    assert len(result["timetable"]) == 3


def test_an_offered_plan_is_adopted_and_taken_back(db):
    edition = Edition(talks=2)
    edition.place(talk=1, hour=16)
    before = edition.places
    run = JobRun(job=tasks.SOLVE, state=RunState.DONE, conference_id=edition.conference.id)
    run.result = solve(edition, Watcher(stops=True), seconds=2)
    service.adopt_run(edition.conference, run, **edition.by, edit=edition.programme.edit)
    assert len(edition.places) == 2
    assert run.result["adopted"]
    with pytest.raises(Refused, match="done already"):
        service.adopt_run(edition.conference, run, **edition.by, edit=edition.programme.edit)
    service.adopt_run(edition.conference, run, **edition.by, edit=run.result["edit"], back=True)
    assert edition.places == before


def test_there_is_nothing_to_adopt_while_it_runs_or_after_it_failed(db):
    edition = Edition()
    for state in (RunState.RUNNING, RunState.FAILED):
        run = JobRun(job=tasks.SOLVE, state=state, result={})
        with pytest.raises(Refused, match="no plan"):
            service.adopt_run(edition.conference, run, **edition.by, edit=0)


def test_it_says_how_far_it_is(db, monkeypatch):
    monkeypatch.setattr(tasks, "BEAT", 0.05)
    edition = Edition(talks=30)
    watch = Watcher()
    solve(edition, watch)
    assert watch.said
    assert any(text.startswith("30 of 30 placed") for _share, text in watch.said)
