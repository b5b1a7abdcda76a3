"""Rooms, tracks, formats and the team in the browser."""

import pytest

from cfp.access import Role
from cfp.conference.models import Format, Membership, Room, Track
from cfp.db import db as database
from tests.make import (
    make_conference,
    make_format,
    make_member,
    make_room,
    make_submission,
    make_track,
)
from tests.visitor import rows


@pytest.fixture
def edition(house):
    return make_conference(slug="here")


@pytest.fixture
def organiser(client, edition):
    return client(make_member(edition, Role.ORGANISER))


# Rooms, tracks, formats

PARTS = {
    "rooms": (Room, {"name": "Palais", "capacity": "300", "equipment": "beamer, HDMI,"}),
    "tracks": (Track, {"name": "Economics", "colour": "4"}),
    "formats": (Format, {"name": "Workshop", "minutes": "90"}),
}


@pytest.mark.parametrize("kind", PARTS)
def test_an_empty_list_says_what_it_is_for(organiser, kind):
    assert "yet" in organiser.get(f"/here/team/settings/{kind}/").text


@pytest.mark.parametrize("kind", PARTS)
def test_one_is_added_changed_moved_and_removed(organiser, kind):
    model, data = PARTS[kind]
    place = f"/here/team/settings/{kind}"
    organiser.get(f"{place}/new")
    organiser.post(f"{place}/new", data)
    part = database.session.query(model).one()
    organiser.get(f"{place}/{part.id}")
    organiser.post(f"{place}/{part.id}", data | {"name": "Änderung"})
    organiser.post(f"{place}/{part.id}/down")
    assert "Änderung" in organiser.get(f"{place}/").text
    organiser.post(f"{place}/{part.id}/remove")
    assert rows(model) == 0


def test_equipment_is_a_list(organiser):
    organiser.post("/here/team/settings/rooms/new", PARTS["rooms"][1])
    assert database.session.query(Room).one().equipment == ["beamer", "HDMI"]


@pytest.mark.parametrize("kind", PARTS)
def test_a_name_taken_is_said_at_the_field(organiser, kind):
    place, data = f"/here/team/settings/{kind}/new", PARTS[kind][1]
    organiser.post(place, data)
    assert "one of this name already" in organiser.post(place, data, status=422).text
    organiser.post(place, data | {"name": "B"})
    second = database.session.query(PARTS[kind][0]).filter_by(name="B").one()
    page = organiser.post(f"/here/team/settings/{kind}/{second.id}", data, status=422)
    assert "one of this name already" in page.text


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("rooms", {"name": ""}),
        ("rooms", {"name": "x" * 81}),
        ("rooms", {"capacity": "0"}),
        ("rooms", {"capacity": "many"}),
        ("tracks", {"colour": "13"}),
        ("tracks", {"talks_least": "5", "talks_most": "4"}),
        ("formats", {"minutes": "4"}),
        ("formats", {"minutes": "1441"}),
        ("formats", {"minutes": ""}),
    ],
)
def test_what_is_wrong_is_not_added(organiser, kind, wrong):
    model, data = PARTS[kind]
    organiser.post(f"/here/team/settings/{kind}/new", data | wrong, status=422)
    assert rows(model) == 0


@pytest.mark.parametrize("kind", PARTS)
def test_another_editions_parts_are_not_found(organiser, kind):
    other = make_conference()
    made = {"rooms": make_room, "tracks": make_track, "formats": make_format}[kind](other)
    place, data = f"/here/team/settings/{kind}/{made.id}", PARTS[kind][1]
    organiser.get(place, status=404)
    for path in ("", "/remove", "/up"):
        organiser.post(f"{place}{path}", data, status=404)
    assert database.session.get(type(made), made.id).name != data["name"]


def test_what_is_in_use_stays_and_says_so(organiser, edition):
    submission = make_submission(edition)
    page = organiser.post(f"/here/team/settings/formats/{submission.format_id}/remove", status=409)
    assert "in use" in page.text
    assert rows(Format) == 1


# The team


def test_somebody_joins_and_leaves(organiser):
    organiser.post("/here/team/settings/team/", {"email": "Rosa@Example.org", "role": "reviewer"})
    assert "rosa@example.org" in organiser.get("/here/team/settings/team/").text
    member = database.session.query(Membership).filter_by(role=Role.REVIEWER).one()
    organiser.post(f"/here/team/settings/team/{member.id}/dismiss")
    assert rows(Membership) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "nobody"},
        {"email": ""},
        {"role": ""},
        {"role": "admin"},
        {"role": "king"},
        {"role": "track_chair"},
        {"track_id": "99"},
    ],
)
def test_who_cannot_join_does_not(organiser, wrong):
    data = {"email": "rosa@example.org", "role": "reviewer"} | wrong
    organiser.post("/here/team/settings/team/", data, status=422)
    assert rows(Membership) == 1


def test_a_track_of_another_edition_cannot_be_chaired(organiser):
    foreign = make_track(make_conference())
    data = {"email": "r@example.org", "role": "track_chair", "track_id": str(foreign.id)}
    organiser.post("/here/team/settings/team/", data, status=422)
    assert rows(Membership) == 1


def test_the_last_organiser_is_told_why_not(organiser):
    mine = database.session.query(Membership).one()
    page = organiser.post(f"/here/team/settings/team/{mine.id}/dismiss", status=409)
    assert "last organiser" in page.text


def test_another_editions_members_are_not_found(organiser):
    make_member(make_conference(), Role.CREW)
    foreign = database.session.query(Membership).filter_by(role=Role.CREW).one()
    organiser.post(f"/here/team/settings/team/{foreign.id}/dismiss", status=404)
    assert rows(Membership) == 2
