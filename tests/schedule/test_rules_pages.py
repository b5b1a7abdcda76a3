"""The rule book of an edition: said on one page, held by editor, solver and release."""

import re

import pytest

from cfp.errors import Refused
from cfp.schedule import puzzle, rules, service
from cfp.schedule.forms.rules import rules_form, shown
from cfp.schedule.problem import Level
from cfp.schedule.solver.run import solve
from cfp.schedule.views.draft import possible_chairs
from tests.make import make_person, make_track
from tests.schedule.edition import Edition, edit_in


@pytest.fixture
def edition(db):
    edition = Edition(rooms=1, talks=2)
    edition.place(talk=1, hour=9)
    edition.place(talk=2, hour=9, minute=40)
    return edition


def keep(visitor, edition, status=302, **changes):
    """Send the page's own form with a few fields changed."""
    programme = edition.programme
    people = possible_chairs(programme)
    form = rules_form(programme, people, formdata=None, data=shown(programme))
    fields = {f.name: f.data for f in form if f.data not in (None, "", [], False)}
    fields |= {"edit": str(programme.edit)} | changes
    return visitor.post(edition.url("rules/"), fields, status=status)


def clashes(edition):
    programme = edition.programme
    timetable = puzzle.timetable_of(programme.placements)
    return {c.rule: c.level for c in rules.clashes(puzzle.problem_of(programme), timetable)}


def test_minutes_between_sessions_are_held_by_editor_solver_and_release(client, edition):
    organiser = client(edition.organiser)
    assert clashes(edition) == {}
    keep(organiser, edition, changeover="10")
    assert clashes(edition) == {"changeover": Level.FORBID}
    page = organiser.get(edition.url("draft/")).text
    assert "Room 1 needs 10 minutes between" in page
    refused = organiser.post(
        edition.url("release/"), {"version": "1.0", "edit": edit_in(page)}, status=422
    )
    assert "cannot be released" in refused.text
    problem = puzzle.problem_of(edition.programme)
    plan = solve(problem, seconds=0.5, deterministic=True).timetable
    assert not list(rules.clashes(problem, plan))


@pytest.mark.parametrize(
    ("level", "expected"),
    [("warn", {"changeover": Level.WARN}), ("wish", {}), ("off", {})],
)
def test_a_level_says_how_seriously_a_rule_is_taken(client, edition, level, expected):
    keep(client(edition.organiser), edition, changeover="10", **{"level-changeover": level})
    assert clashes(edition) == expected
    service.release(edition.conference, edition.organiser, edition.at(1), "1.0")


def test_a_weight_is_kept_and_shown_again(client, edition):
    organiser = client(edition.organiser)
    keep(organiser, edition, **{"weight-popular-large": "7"})
    assert edition.programme.draft.rulebook == {"levels": {"popular-large": ["wish", 7]}}
    page = organiser.get(edition.url("rules/")).text
    assert re.search(r'name="weight-popular-large"[^>]*value="7"', page)


def test_what_is_as_usual_is_not_kept(client, edition):
    keep(client(edition.organiser), edition)
    assert not edition.programme.draft.rulebook


def test_tracks_rooms_and_people_are_what_rules_go_by(client, edition):
    law, art = (make_track(edition.conference, name) for name in ("Law", "Art"))
    chair = edition.speaker(2)
    edition.talks[0].track = law
    changes = {
        "similar": f"{law.id}-{art.id}",
        f"parallel-{edition.rooms[0].id}": "3",
        f"chair-{law.id}": str(chair.id),
        "blocks": "y",
        "talks_per_day": "2",
    }
    keep(client(edition.organiser), edition, **changes)
    problem = puzzle.problem_of(edition.programme)
    assert [(pair.a, pair.b) for pair in problem.similar_tracks] == [("Law", "Art")]
    assert problem.rooms[0].parallel == 3
    assert problem.talks_per_day == 2
    assert problem.talk[str(edition.talks[0].id)].chairs == (str(chair.id),)
    assert rules.setting(problem, "one-track-a-block").level is Level.FORBID


@pytest.mark.parametrize(
    ("field", "value"),
    [("changeover", "999"), ("weight-changeover", ""), ("level-changeover", "maybe")],
)
def test_what_is_no_rule_comes_back(client, edition, field, value):
    page = keep(client(edition.organiser), edition, status=422, **{field: value})
    assert "Please check what you entered" in page.text


def test_rules_that_were_set_aside_are_listed(client, edition):
    organiser = client(edition.organiser)
    assert "Nothing is set aside" in organiser.get(edition.url("rules/")).text
    service.set_aside(edition.conference, "changeover", str(edition.rooms[0].id), **edition.by)
    keep(organiser, edition, changeover="10")
    assert clashes(edition) == {}
    assert "Let it hold again" in organiser.get(edition.url("rules/")).text


def test_blocks_hold_one_track_and_one_chair_wherever_they_are_planned(client, db):
    edition = Edition(rooms=2, talks=6)
    tracks = [make_track(edition.conference, name) for name in ("Law", "Art")]
    for number, talk in enumerate(edition.talks):
        talk.track = tracks[number % 2]
    chair = make_person("Cher")
    draft = edition.place(talk=1, room=1, hour=9).schedule
    edition.place(talk=2, room=1, hour=10)
    draft.rulebook = {"blocks": True, "chairs": {str(tracks[0].id): chair.id}}
    assert clashes(edition) == {"one-track-a-block": Level.FORBID}
    problem = puzzle.problem_of(edition.programme)
    plan = solve(problem, seconds=1, deterministic=True).timetable
    assert len(plan) == 6
    assert not list(rules.clashes(problem, plan))


def test_ways_between_rooms_are_said_once_and_held_everywhere(db, client):
    edition = Edition(rooms=3, talks=2, walk_minutes=5)
    organiser = client(edition.organiser)
    near, far, _third = (room.id for room in edition.rooms)
    keep(
        organiser,
        edition,
        **{"walk-from-0": far, "walk-to-0": "", "walk-minutes-0": "15"},
        **{"walk-from-1": far, "walk-to-1": near, "walk-minutes-1": "8"},
        **{"walk-from-2": near},  # without minutes it is no way
    )
    assert edition.programme.draft.rulebook == {"walks": [[far, None, 15], [near, far, 8]]}
    problem = puzzle.problem_of(edition.programme)
    one, two, three = (str(room.id) for room in edition.rooms)
    assert [problem.walking(*ends) for ends in ((one, two), (three, two), (one, three))] == [
        8,
        15,
        5,
    ]
    page = organiser.get(edition.url("rules/")).text
    assert re.search(r'name="walk-minutes-1"[^>]*value="8"', page)
    assert 'name="walk-minutes-4"' in page  # three more rows to fill in


def test_a_way_leads_from_one_room_to_another(db, client):
    edition = Edition(rooms=2)
    room = edition.rooms[0].id
    way = {"walk-from-0": room, "walk-to-0": room, "walk-minutes-0": "5"}
    keep(client(edition.organiser), edition, **way)
    assert not edition.programme.draft.rulebook
    told = {"walks": [(room, room, 5)]}
    with pytest.raises(Refused, match="to itself nobody walks"):
        service.set_rules(edition.conference, {}, told, **edition.by)


def test_a_speaker_needs_the_minutes_that_the_way_takes(db, client):
    edition = Edition(rooms=2, talks=2)
    ada = edition.talks[0].submission.speakers[0].person
    edition.talks[1].submission.speakers[0].person = ada
    edition.place(talk=1, room=1, hour=9)
    edition.place(talk=2, room=2, hour=9, minute=45)
    assert "speaker" not in clashes(edition)
    a, b = (room.id for room in edition.rooms)
    way = {"walk-from-0": a, "walk-to-0": b, "walk-minutes-0": "10"}
    keep(client(edition.organiser), edition, **way)
    assert clashes(edition)
