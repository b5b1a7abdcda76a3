"""Why not everything fits: asked, told in sentences, mended by a button, taken back."""

from datetime import time

import pytest

from cfp.access import Role
from cfp.errors import Refused
from cfp.jobs import service as jobs
from cfp.schedule import puzzle, rules, service
from cfp.submissions.models import Availability, Degree
from tests.make import make_member
from tests.schedule.edition import Edition


@pytest.fixture
def impossible(db):
    """Talk 1 needs Monday; its speaker is there on Tuesday morning only, when the room is shut."""
    from cfp.db import db as database  # noqa: PLC0415

    edition = Edition(rooms=1, talks=1, hours=None)
    monday = edition.conference.days[:1]
    service.set_openings(
        edition.conference, edition.rooms, monday, (time(9), time(17)), **edition.by
    )
    database.session.add(
        Availability(
            conference_id=edition.conference.id,
            person_id=edition.speaker(1).id,
            starts_at=edition.at(8),
            ends_at=edition.at(20),
            degree=Degree.NO,
        )
    )
    edition.place(hour=10)
    return edition


def ask(visitor, edition):
    visitor.post(edition.url("why/ask"))
    assert jobs.run_waiting() == 1
    return visitor.get(edition.url("why/")).text


def waive(visitor, edition, rule, subject, status=302, **more):
    fields = {"rule": rule, "subject": subject, "edit": str(edition.programme.edit)}
    return visitor.post(edition.url("why/waive"), fields | more, status=status)


def clashes(edition):
    programme = edition.programme
    timetable = puzzle.timetable_of(programme.placements)
    return [clash.rule for clash in rules.clashes(puzzle.problem_of(programme), timetable)]


@pytest.mark.slow
def test_a_contradiction_is_told_and_mended_by_its_button(client, impossible):
    organiser = client(impossible.organiser)
    person = impossible.speaker(1)
    page = ask(organiser, impossible)
    assert f"Ask {person.name} for other times." in page
    assert clashes(impossible) == ["availability"]
    waive(organiser, impossible, "availability", str(person.id))
    assert clashes(impossible) == []
    page = ask(organiser, impossible)
    assert "There is a plan with every session in it." in page
    assert "Set aside by hand" in page
    waive(organiser, impossible, "availability", str(person.id), back="1")
    assert clashes(impossible) == ["availability"]


def test_a_pin_in_the_way_is_let_go(client, impossible):
    service.pin(impossible.conference, impossible.talks[0], pinned=True, **impossible.by)
    waive(client(impossible.organiser), impossible, "pins", str(impossible.talks[0].id))
    assert not impossible.programme.placements[0].pinned


@pytest.mark.parametrize("rule", ["", "no-such-rule", "one-talk-per-room", "x" * 9999])
def test_laws_of_nature_and_unknown_rules_are_not_set_aside(client, impossible, rule):
    waive(client(impossible.organiser), impossible, rule, "1", status=409)
    waive(client(impossible.organiser), impossible, "availability", "x" * 81, status=409)
    assert clashes(impossible) == ["availability"]


def test_a_stale_page_sets_nothing_aside(impossible):
    edit = impossible.programme.edit
    impossible.place(hour=11)
    with pytest.raises(Refused, match="Somebody changed the draft"):
        service.set_aside(impossible.conference, "availability", "1", edit=edit, **impossible.by)


def test_a_reader_looks_and_asks_nothing(client, impossible):
    reader = client(make_member(impossible.conference, Role.TRACK_CHAIR))
    assert "Nobody has asked yet." in reader.get(impossible.url("why/")).text
    reader.post(impossible.url("why/ask"), status=403)
    waive(reader, impossible, "availability", "1", status=403)
