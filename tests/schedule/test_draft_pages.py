"""The draft as people work on it: placed by forms, clashes in words, two tabs, forged addresses."""

import re

import pytest

from cfp.access import Role
from cfp.schedule import service
from cfp.submissions.models import TalkState
from tests.make import make_member
from tests.schedule.edition import Edition, draft_page, edit_in


def move(edition, room=1, start="2027-05-10T10:00", **more):
    room_id = str(edition.rooms[room - 1].id)
    return {"room": room_id, "start": start, "edit": str(edition.programme.edit)} | more


def url_of(edition, verb, talk=1):
    return edition.url(f"draft/{edition.talks[talk - 1].code}/{verb}")


def test_a_form_places_a_session_and_a_button_takes_that_back_and_does_it_again(client):
    edition = Edition()
    organiser = client(edition.organiser)
    response = organiser.post(url_of(edition, "place"), move(edition))
    assert edition.places == {"Talk 1": ("Room 1", "10 10:00")}
    page = organiser.get(response.location).text
    organiser.post(edition.url("draft/undo"), {"edit": edit_in(page)})
    assert edition.places == {}
    organiser.post(edition.url("draft/redo"), {"edit": str(edition.programme.edit)})
    assert edition.places == {"Talk 1": ("Room 1", "10 10:00")}


def test_a_form_swaps_two_sessions(client):
    edition = Edition()
    edition.place(talk=1, hour=9, room=1)
    edition.place(talk=2, hour=14, room=2)
    one, other = (talk.code for talk in edition.talks[:2])
    data = {"one": one, "other": other, "edit": str(edition.programme.edit)}
    client(edition.organiser).post(edition.url("draft/swap"), data)
    assert edition.places == {"Talk 1": ("Room 2", "10 14:00"), "Talk 2": ("Room 1", "10 09:00")}


def test_an_open_session_shows_the_best_places_first(client):
    edition = Edition(talks=2)
    edition.place(talk=1, hour=9)
    page = draft_page(client(edition.organiser), edition, talk=edition.talks[1].code)
    spots = re.findall(
        r'name="room" value="(\d+)"><input type="hidden" name="start" value="(.*?)"', page
    )
    assert spots
    assert (str(edition.rooms[0].id), "2027-05-10T09:00") not in spots


def test_clashes_are_told_in_words(client):
    edition = Edition()
    edition.place(talk=1)
    edition.place(talk=2, minute=20)
    page = draft_page(client(edition.organiser), edition)
    assert "“Talk 1” and “Talk 2” are in Room 1 at the same time on Monday 10:20." in page
    assert page.count("has-clash") == 4  # both sessions, in the grid and in the list
    assert page.count("1 stops a release") == 1


def test_the_page_opens_on_the_day_of_the_open_session(client):
    edition = Edition()
    start = edition.at(10, day=11)
    service.place(edition.conference, edition.talks[0], edition.rooms[0], start, **edition.by)
    page = draft_page(client(edition.organiser), edition, talk=edition.talks[0].code)
    assert re.search(r'aria-current="page">\s*Tue 11 May', page)


def test_pins_and_unpins(client):
    edition = Edition()
    edition.place()
    organiser = client(edition.organiser)
    data = {"edit": str(edition.programme.edit)}
    organiser.post(url_of(edition, "pin"), data | {"pinned": "1"})
    assert edition.programme.placements[0].pinned
    organiser.post(url_of(edition, "pin"), {"edit": str(edition.programme.edit)})
    assert not edition.programme.placements[0].pinned


@pytest.mark.parametrize("verb", ["place", "unplace", "pin"])
def test_a_second_tab_is_told_and_nothing_moves(client, verb):
    edition = Edition()
    edition.place(hour=9)
    organiser, colleague = (
        client(edition.organiser),
        client(make_member(edition.conference, Role.CHAIR)),
    )
    stale = edit_in(draft_page(organiser, edition, talk=edition.talks[0].code))
    colleague.post(url_of(edition, "place"), move(edition, start="2027-05-10T14:00"))
    data = move(edition, start="2027-05-10T16:00", edit=stale, pinned="1")
    page = organiser.post(url_of(edition, verb), data, status=409)
    assert "moved “Talk 1” to Room 1, Mon 10 May, 14:00." in page.text
    assert edition.places == {"Talk 1": ("Room 1", "10 14:00")}
    assert not edition.programme.placements[0].pinned
    # The page shows the draft as it stands now, so the next try works.
    organiser.post(url_of(edition, "place"), data | {"edit": edit_in(page.text)})
    assert edition.places == {"Talk 1": ("Room 1", "10 16:00")}


@pytest.mark.parametrize("edit", ["", "x", "-1", "9" * 30, "²", "1.5"])
def test_a_forged_edit_is_a_stale_one(client, edit):
    edition = Edition()
    edition.place()
    organiser = client(edition.organiser)
    organiser.post(
        url_of(edition, "place"), move(edition, edit=edit, start="2027-05-10T16:00"), 409
    )
    assert edition.places == {"Talk 1": ("Room 1", "10 10:00")}


@pytest.mark.parametrize(
    "change",
    [
        {"room": "999999999999999999999999"},
        {"room": "all"},
        {"room": ""},
        {"start": ""},
        {"start": "tomorrow"},
        {"start": "0001-01-01T00:00"},
        {"start": "9999-12-31T23:59"},
        {"start": "2027-05-13T10:00"},
        {"start": "2027-05-10T99:00"},
    ],
)
def test_forged_places_come_back_with_a_sentence(client, change):
    edition = Edition()
    data = move(edition) | change
    page = client(edition.organiser).post(url_of(edition, "place"), data, status=422)
    assert "Please check what you entered" in page.text
    assert edition.places == {}


def test_sessions_and_rooms_of_another_edition_do_not_exist_here(client):
    edition, other = Edition(), Edition()
    organiser = client(edition.organiser)
    for verb in ("place", "unplace", "pin"):
        foreign = edition.url(f"draft/{other.talks[0].code}/{verb}")
        organiser.post(foreign, move(edition), status=404)
    foreign_room = move(edition, room=1) | {"room": str(other.rooms[0].id)}
    organiser.post(url_of(edition, "place"), foreign_room, status=422)
    assert (
        other.talks[0].title
        not in draft_page(organiser, edition, talk=other.talks[0].code).split("Without a place")[0]
    )
    assert (edition.places, other.places) == ({}, {})


@pytest.mark.parametrize(
    "query",
    [
        {"day": "2027-05-99"},
        {"day": "x" * 500},
        {"talk": "NOSUCH"},
        {"talk": "\x00"},
        {"day": "all"},
    ],
)
def test_odd_addresses_show_the_draft(client, query):
    edition = Edition()
    edition.place()
    query = {"talk": edition.talks[0].code} | query
    assert "1 of 3 sessions are placed." in draft_page(client(edition.organiser), edition, **query)


def test_a_cancelled_session_cannot_be_placed(client):
    edition = Edition()
    edition.talks[0].state = TalkState.CANCELLED
    client(edition.organiser).post(url_of(edition, "place"), move(edition), status=404)


def test_a_reader_cannot_change_anything(client):
    edition = Edition()
    edition.place()
    reader = client(make_member(edition.conference, Role.TRACK_CHAIR))
    for verb in ("place", "unplace", "pin"):
        reader.post(url_of(edition, verb), move(edition), status=403)
    for verb in ("solve", "undo", "redo", "swap", "arrange", "pins"):
        reader.post(edition.url(f"draft/{verb}"), {"seconds": "5", "seed": "1"}, status=403)
    assert "data-may-edit" not in draft_page(reader, edition)
