"""The pages around the programme: where it stands, and the grid with its two forms."""

import pytest

from cfp.access import Role
from cfp.schedule import puzzle
from cfp.schedule.models import Break, Opening
from tests.make import make_member, make_person
from tests.schedule.edition import Edition
from tests.visitor import rows

BREAK = {
    "break-sort": "pause",
    "break-title": "Lunch",
    "break-room": "all",
    "break-day": "all",
    "break-first": "12:00",
    "break-last": "13:00",
}
HOURS = {"room": "all", "day": "all", "first": "09:30", "last": "18:00"}


@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        (lambda: Edition(rooms=0), "There are no rooms yet"),
        (lambda: Edition(hours=None), "Say when the rooms are open"),
        (lambda: Edition(talks=0), "No proposal has become a session"),
        (lambda: Edition(talks=2), "2 sessions have no place"),
    ],
)
def test_the_overview_names_the_next_thing_to_do(client, prepare, sentence):
    edition = prepare()
    assert sentence in client(edition.organiser).get(edition.url()).text


def test_the_overview_goes_from_clashes_to_the_release_to_rest(client):
    edition = Edition(talks=2)
    edition.place(talk=1)
    edition.place(talk=2)
    organiser = client(edition.organiser)
    assert "1 clash stops a release" in organiser.get(edition.url()).text
    edition.place(talk=2, room=2)
    assert "Release the schedule" in organiser.get(edition.url()).text
    edition.release()
    page = organiser.get(edition.url()).text
    assert "Everything is announced" in page
    edition.place(talk=2, room=2, hour=15)
    assert "1 change since version 1.0" in organiser.get(edition.url()).text


@pytest.mark.parametrize("path", ["", "grid/", "draft/", "releases/"])
def test_a_track_chair_reads_and_finds_nothing_to_press(client, path):
    edition = Edition()
    edition.place()
    reader = client(make_member(edition.conference, Role.TRACK_CHAIR))
    _frame, _main, page = reader.get(edition.url(path)).text.partition("<main")
    assert "method" not in page
    assert "btn-primary" not in page


@pytest.mark.parametrize("path", ["", "grid/", "draft/", "release/", "releases/"])
def test_strangers_and_organisers_of_another_edition_stay_outside(client, path):
    edition, other = Edition(), Edition()
    client(other.organiser).get(edition.url(path), status=403)
    client(make_person()).get(edition.url(path), status=403)
    client().get(edition.url(path), status=303)


def test_one_form_opens_all_rooms_on_each_day(client):
    edition = Edition(rooms=3, hours=None)
    organiser = client(edition.organiser)
    organiser.post(edition.url("grid/hours"), HOURS)
    assert rows(Opening) == 6
    assert organiser.get(edition.url("grid/")).text.count("09:30\N{EN DASH}18:00") == 6


def test_one_room_on_one_day_is_set_and_closed_by_itself(client):
    edition = Edition(rooms=2)
    organiser = client(edition.organiser)
    one = {"room": str(edition.rooms[0].id), "day": "2027-05-11"}
    organiser.post(edition.url("grid/hours"), {**one, "first": "12:00", "last": "14:00"})
    assert organiser.get(edition.url("grid/")).text.count("12:00\N{EN DASH}14:00") == 1
    organiser.post(edition.url("grid/close"), one)
    assert rows(Opening) == 3
    assert "closed" in organiser.get(edition.url("grid/")).text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"first": ""}, "Please give a time"),
        ({"first": "25:99"}, "Not a valid time"),
        ({"first": "18:00"}, "ends when it begins"),
        ({"day": "2027-05-13"}, "Not a valid choice"),
        ({"room": "999999999999999999999"}, "Not a valid choice"),
    ],
)
def test_wrong_hours_come_back_with_a_sentence_and_what_was_typed(client, change, sentence):
    edition = Edition(hours=None)
    page = client(edition.organiser).post(edition.url("grid/hours"), HOURS | change, status=422)
    assert sentence in page.text
    assert 'value="18:00"' in page.text
    assert rows(Opening) == 0


def test_a_break_is_added_on_each_day_and_removed(client):
    edition = Edition()
    organiser = client(edition.organiser)
    organiser.post(edition.url("grid/breaks"), BREAK)
    assert rows(Break) == 2
    page = organiser.get(edition.url("grid/")).text
    assert page.count("<strong>Lunch</strong>") == 2
    pause = edition.programme.breaks[0]
    organiser.post(edition.url(f"grid/breaks/{pause.id}/remove"))
    assert rows(Break) == 1


def test_a_break_of_one_room_says_so(client):
    edition = Edition()
    organiser = client(edition.organiser)
    organiser.post(edition.url("grid/breaks"), BREAK | {"break-room": str(edition.rooms[1].id)})
    assert edition.programme.breaks[0].room_id == edition.rooms[1].id


def test_a_break_without_a_name_comes_back(client):
    edition = Edition()
    page = client(edition.organiser).post(
        edition.url("grid/breaks"), BREAK | {"break-title": " "}, status=422
    )
    assert "Please give the break a name" in page.text


def test_a_plenary_is_drawn_in_one_room_and_pulled_longer(client):
    edition = Edition(rooms=3)
    organiser = client(edition.organiser)
    stage = edition.rooms[0]
    plenary = {"break-sort": "plenary", "break-title": "", "break-room": str(stage.id)}
    organiser.post(edition.url("grid/breaks"), BREAK | plenary | {"break-day": "2027-05-10"})
    page = organiser.get(edition.url("grid/")).text
    assert f"plenary in {stage.name}" in page
    assert page.count('class="hours-break is-plenary"') == 2
    pause = edition.programme.breaks[0]
    organiser.post(edition.url(f"grid/breaks/{pause.id}/move"), {"first": "12:00", "last": "13:30"})
    assert edition.programme.breaks[0].ends_at == edition.at(13, 30)
    draft = organiser.get(edition.url("draft/?day=2027-05-10")).text
    assert draft.count('data-shut="Plenary"') == 2


def test_hours_are_drawn_beside_those_that_are_there(client):
    edition = Edition(rooms=1)
    drawn = {"room": str(edition.rooms[0].id), "day": "2027-05-10", "drawn": "y", "instead": ""}
    organiser = client(edition.organiser)
    organiser.post(edition.url("grid/hours"), drawn | {"first": "19:00", "last": "21:00"})
    assert [o.starts_at for o in edition.programme.openings[:2]] == [edition.at(9), edition.at(19)]


def test_a_break_is_named_as_text_and_never_as_html(client):
    edition = Edition()
    organiser = client(edition.organiser)
    organiser.post(edition.url("grid/breaks"), BREAK | {"break-title": "<script>x</script>"})
    assert "<script>x" not in organiser.get(edition.url("grid/")).text


def test_rooms_and_breaks_of_another_edition_cannot_be_touched(client):
    edition, other = Edition(), Edition()
    client(other.organiser).post(other.url("grid/breaks"), BREAK)
    pause = other.programme.breaks[0]
    organiser = client(edition.organiser)
    organiser.post(edition.url(f"grid/breaks/{pause.id}/remove"), status=404)
    organiser.post(edition.url(f"grid/breaks/{pause.id}/move"), status=404)
    organiser.post(edition.url("grid/breaks/99999999999999999999/remove"), status=404)
    foreign = {"room": str(other.rooms[0].id), "day": "all"}
    organiser.post(edition.url("grid/close"), foreign, status=404)
    organiser.post(edition.url("grid/hours"), HOURS | foreign, status=422)
    assert len(other.programme.openings) == 4
    assert len(other.programme.breaks) == 2


def test_a_room_has_a_raster_of_its_own_on_a_day(client):
    edition = Edition(rooms=1)
    data = {
        "room": str(edition.rooms[0].id),
        "day": "2027-05-10",
        "first": "09:00",
        "last": "12:00",
        "raster": "45",
    }
    organiser = client(edition.organiser)
    organiser.post(edition.url("grid/hours"), data)
    assert "every 45 min" in organiser.get(edition.url("grid/")).text
    openings = puzzle.problem_of(edition.programme).openings
    assert {o.start.day: o.raster.every for o in openings} == {10: 45, 11: 5}
    edition.place(hour=9, minute=30)
    page = organiser.get(edition.url("draft/")).text
    assert "1 stops a release" in page
    organiser.post(edition.url("grid/hours"), data | {"raster": "7"}, status=422)
