"""The settings in the browser: who may, what bad input gets, and that nothing is half done."""

import re
from datetime import UTC, datetime

import pytest

from cfp.access import Role
from cfp.conference.models import Conference, Room
from cfp.db import db as database
from tests.make import (
    make_conference,
    make_format,
    make_member,
    make_room,
    make_track,
)

BASICS = {
    "name": "FOSS Backstage 2028",
    "starts_on": "2028-03-13",
    "ends_on": "2028-03-14",
    "timezone": "Europe/Berlin",
    "accent": "150",
    "publicity": "public",
}
PLAN = {"reviews_each": "3", "raster_minutes": "5", "walk_minutes": "0", "blind": "y"}
TABS = ("", "deadlines", "rooms/", "tracks/", "formats/", "team/", "access")


@pytest.fixture
def edition(house):
    return make_conference(slug="here")


@pytest.fixture
def organiser(client, edition):
    return client(make_member(edition, Role.ORGANISER))


@pytest.mark.parametrize("tab", TABS)
def test_a_chair_reads_every_tab_and_finds_no_button(client, edition, tab):
    page = client(make_member(edition, Role.CHAIR)).get(f"/here/team/settings/{tab}")
    assert "Organisers may change it" in page.text or tab in {
        "rooms/",
        "tracks/",
        "formats/",
        "access",
    }
    main = page.text.partition("<main")[2]
    assert 'type="submit"' not in main


def test_a_chair_changes_nothing(client, edition):
    chair = client(make_member(edition, Role.CHAIR))
    room = make_room(edition)
    for path, data in (
        ("", BASICS),
        ("deadlines", PLAN),
        ("rooms/new", {"name": "X"}),
        (f"rooms/{room.id}", {"name": "X"}),
        (f"rooms/{room.id}/remove", {}),
        (f"rooms/{room.id}/up", {}),
        ("team/", {"email": "x@example.org", "role": "crew"}),
    ):
        chair.post(f"/here/team/settings/{path}", data, status=403)
    assert database.session.query(Room).one().name == "Hall"


@pytest.mark.parametrize("role", [Role.TRACK_CHAIR, Role.REVIEWER, Role.TREASURER, Role.CREW])
def test_others_in_the_team_do_not_see_the_settings(client, edition, role):
    visitor = client(make_member(edition, role))
    for tab in TABS:
        visitor.get(f"/here/team/settings/{tab}", status=403)


def test_an_organiser_of_another_edition_is_nobody_here(client, edition):
    stranger = client(make_member(make_conference(), Role.ORGANISER))
    stranger.get("/here/team/settings/", status=403)
    stranger.post("/here/team/settings/", BASICS, status=403)


def test_who_may_do_what_is_printed_from_the_labels(organiser):
    page = organiser.get("/here/team/settings/access").text
    assert "Take a role away" in page
    assert "Read the call for papers" in page


# Basics and deadlines


def test_the_basics_are_saved(organiser):
    organiser.post("/here/team/settings/", BASICS | {"name": "Renamed", "venue": "Kesselhaus"})
    saved = database.session.query(Conference).one()
    assert (saved.name, saved.venue, saved.accent) == ("Renamed", "Kesselhaus", 150)
    assert "Kesselhaus" in organiser.get("/here/team/settings/").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"tagline": "x" * 201},
        {"about": "x" * 10_001},
        {"starts_on": ""},
        {"starts_on": "1066-10-14", "ends_on": "1066-10-14"},
        {"publicity": "secret"},
    ],
)
def test_wrong_basics_change_nothing_and_keep_what_was_typed(organiser, edition, wrong):
    name = edition.name
    data = BASICS | {"venue": "Typed with care"} | wrong
    page = organiser.post("/here/team/settings/", data, status=422)
    assert "Typed with care" in page.text
    assert database.session.query(Conference).one().name == name


def test_a_form_without_its_token_changes_nothing(organiser, edition):
    name = edition.name
    sent = organiser.browser.post("/here/team/settings/", data=BASICS)
    assert (sent.status_code, database.session.query(Conference).one().name) == (400, name)


def test_deadlines_are_written_and_read_on_the_clock_of_the_conference(organiser, edition):
    edition.timezone = "America/St_Johns"
    organiser.post(
        "/here/team/settings/deadlines",
        PLAN | {"call_opens_at": "2027-01-18T09:30", "call_closes_at": "2027-02-18T23:59"},
    )
    saved = database.session.query(Conference).one()
    assert saved.call_opens_at == datetime(2027, 1, 18, 13, 0, tzinfo=UTC)
    assert saved.call_closes_at == datetime(2027, 2, 19, 3, 29, 59, tzinfo=UTC)
    page = organiser.get("/here/team/settings/deadlines").text
    assert "18 February 2027, 23:59 (UTC-3:30)" in page
    assert 'value="2027-02-18T23:59"' in page


def test_saving_deadlines_as_they_are_moves_none(organiser, edition):
    before = (edition.call_opens_at, edition.call_closes_at)
    page = organiser.get("/here/team/settings/deadlines").text
    shown = dict(re.findall(r'name="(call_\w+_at)"[^>]*value="([^"]+)"', page))
    shown |= {name: v for v, name in re.findall(r'value="([^"]+)"[^>]*name="(call_\w+_at)"', page)}
    assert len(shown) == 2
    organiser.post("/here/team/settings/deadlines", PLAN | shown)
    saved = database.session.query(Conference).one()
    assert (saved.call_opens_at, saved.call_closes_at) == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"call_opens_at": "soon"},
        {"call_opens_at": "2027-02-01T00:00", "call_closes_at": "2027-01-01T00:00"},
        {"call_opens_at": "", "call_closes_at": "2027-01-01T00:00"},
        {"reviews_each": "0"},
        {"reviews_each": "three"},
        {"reviews_each": ""},
        {"talks_wanted": "-1"},
        {"raster_minutes": "7"},
        {"walk_minutes": "100000000000000000000"},
        {"call_text": "x" * 10_001},
    ],
)
def test_wrong_deadlines_change_nothing(organiser, edition, wrong):
    closes = edition.call_closes_at
    organiser.post("/here/team/settings/deadlines", PLAN | wrong, status=422)
    saved = database.session.query(Conference).one()
    assert (saved.call_closes_at, saved.reviews_each) == (closes, 3)


# Few questions


@pytest.mark.parametrize("tab", TABS)
def test_no_tab_asks_more_the_more_there_is(organiser, edition, tab):
    organiser.get(f"/here/team/settings/{tab}")
    few = len(organiser.statements)
    for number in range(12):
        make_member(edition, Role.REVIEWER)
        make_room(edition, f"Room {number}")
        make_track(edition, f"Track {number}")
        make_format(edition, f"Format {number}")
    organiser.get(f"/here/team/settings/{tab}")
    assert len(organiser.statements) == few <= 12
