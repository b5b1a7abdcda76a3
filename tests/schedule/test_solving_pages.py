"""The solver in the browser: asked, watched, its plan shown, adopted and taken back."""

from datetime import time

import pytest

from cfp import clock
from cfp.db import db
from cfp.jobs.models import JobRun, RunState
from cfp.schedule import puzzle, service, tasks
from cfp.schedule.problem import Place
from tests.make import make_person, make_talk, make_track
from tests.schedule.edition import Edition, draft_page, edit_in
from tests.visitor import rows


def test_the_solver_is_asked_once_and_watched(client):
    edition = Edition()
    organiser = client(edition.organiser)
    for _twice in range(2):
        organiser.post(edition.url("draft/solve"), {"seconds": "60", "seed": "7"})
    assert rows(JobRun) == 1
    assert "The solver plans the rest" in draft_page(organiser, edition)
    row = organiser.get(edition.url("draft/run"), headers={"HX-Request": "true"})
    assert "HX-Refresh" not in row.headers
    organiser.post(edition.url("draft/run/cancel"))
    row = organiser.get(edition.url("draft/run"), headers={"HX-Request": "true"})
    assert row.headers["HX-Refresh"] == "true"


@pytest.mark.parametrize(
    "data", [{"seconds": "4"}, {"seconds": "301"}, {"seed": "-1"}, {"seed": "x"}]
)
def test_the_solver_gets_5_to_300_seconds(client, data):
    edition = Edition()
    organiser = client(edition.organiser)
    typed = {"seconds": "60", "seed": "7"} | data
    page = organiser.post(edition.url("draft/solve"), typed, status=422).text
    assert rows(JobRun) == 0
    assert "5 to 300 seconds" in page
    for value in typed.values():
        assert f'value="{value}"' in page


def offered(edition, **result):
    """A run that has ended and found a plan."""
    plan = {str(edition.talks[0].id): Place(str(edition.rooms[1].id), edition.at(15))}
    values = {
        "placed": 1,
        "talks": len(edition.talks),
        "unplaced": [
            {"talk": str(t.id), "title": t.title, "reason": f"No room for {t.title}."}
            for t in edition.talks[1:]
        ],
        "timetable": puzzle.as_json(plan),
        "optimal": False,
        "adopted": False,
        "edit": 0,
    }
    run = JobRun(
        job=tasks.SOLVE,
        conference_id=edition.conference.id,
        state=RunState.DONE,
        arguments={"seconds": 5},
        started_at=clock.now(),
        ended_at=clock.now(),
        result=values | result,
    )
    db.session.add(run)
    db.session.flush()
    return run


def test_an_offered_plan_shows_its_moves_and_is_adopted_and_undone(client):
    edition = Edition(talks=2)
    edition.place(talk=1, hour=9)
    run = offered(edition)
    organiser = client(edition.organiser)
    page = draft_page(organiser, edition)
    assert "1 session would change" in page
    assert "No room for Talk 2." in page
    organiser.post(edition.url(f"draft/adopt/{run.code}"), {"edit": edit_in(page)})
    assert edition.places == {"Talk 1": ("Room 2", "10 15:00")}
    page = draft_page(organiser, edition)
    data = {"edit": edit_in(page), "back": "1"}
    organiser.post(edition.url(f"draft/adopt/{run.code}"), data)
    assert edition.places == {"Talk 1": ("Room 1", "10 09:00")}


def test_a_plan_is_not_adopted_into_a_draft_that_changed(client):
    edition = Edition()
    run = offered(edition)
    organiser = client(edition.organiser)
    edit = edit_in(draft_page(organiser, edition))
    edition.place(talk=2)
    organiser.post(edition.url(f"draft/adopt/{run.code}"), {"edit": edit}, status=409)
    assert edition.places == {"Talk 2": ("Room 1", "10 10:00")}


def test_a_plan_for_a_room_that_is_gone_is_offered_without_it(client):
    edition = Edition()
    plan = {
        str(edition.talks[0].id): Place("999999", edition.at(10)),
        str(edition.talks[1].id): Place(str(edition.rooms[0].id), edition.at(10)),
    }
    offered(edition, timetable=puzzle.as_json(plan))
    assert "1 session would change" in draft_page(client(edition.organiser), edition)


def test_runs_of_another_edition_cannot_be_adopted(client):
    edition, other = Edition(), Edition()
    run = offered(other)
    client(edition.organiser).post(
        edition.url(f"draft/adopt/{run.code}"), {"edit": "0"}, status=404
    )


def test_a_page_with_a_hundred_sessions_asks_twelve_questions_at_most(client):
    edition = Edition(rooms=5, talks=0, hours=None)
    tracks = [make_track(edition.conference, f"Track {n}") for n in range(4)]
    crowd = [make_person() for _n in range(60)]
    edition.talks = [
        make_talk(
            edition.conference,
            title=f"Talk {n}",
            track_id=tracks[n % 4].id,
            speakers=[crowd[n % 60], crowd[(n * 7 + 1) % 60]],
        )
        for n in range(100)
    ]
    days, hours = edition.conference.days, (time(8), time(22))
    service.set_openings(edition.conference, edition.rooms, days, hours, **edition.by)
    plan = {
        str(talk.id): Place(str(edition.rooms[n % 5].id), edition.at(8 + n // 10, n // 5 % 2 * 45))
        for n, talk in enumerate(edition.talks[:95])
    }
    service.adopt(edition.conference, plan, **edition.by)
    offered(edition)
    organiser = client(edition.organiser)
    open_talk = f"draft/?talk={edition.talks[99].code}"
    for path in ("", "grid/", "draft/", open_talk, "release/", "releases/"):
        organiser.get(edition.url(path))
        assert len(organiser.statements) <= 12, (path, organiser.statements)
