"""What the editor's script asks and hears: moves, their outcome, news of others, verdicts."""

from datetime import time

import pytest

from cfp.access import Role
from cfp.schedule import service
from tests.make import make_member
from tests.schedule.edition import Edition

SCRIPT = {"headers": {"Accept": "application/json"}}


@pytest.fixture
def edition(db):
    edition = Edition(rooms=2, talks=4)
    edition.place(talk=1, hour=9)
    edition.place(talk=2, hour=9, room=2)
    return edition


@pytest.fixture
def organiser(client, edition):
    return client(edition.organiser)


def ask(visitor, edition, verb, status=200, **fields):
    """Send what the script sends; the answer as data."""
    fields = {"edit": str(edition.programme.edit)} | fields
    return visitor.post(edition.url(f"draft/{verb}"), fields, status=status, **SCRIPT).json


def code(edition, number):
    return edition.talks[number - 1].code


def spot(edition, number, room, start):
    return f"{code(edition, number)}@{edition.rooms[room - 1].id}@{start}"


def test_a_move_is_answered_with_where_everything_stands_and_a_sentence_to_speak(
    organiser, edition
):
    fields = {"room": str(edition.rooms[0].id), "start": "2027-05-10T09:20"}
    state = ask(organiser, edition, f"{code(edition, 2)}/place", **fields)
    assert state["said"] == (
        "“Talk 2”: Room 1, Mon 10 May, 09:20 to 10:00. "
        "“Talk 1” and “Talk 2” are in Room 1 at the same time on Monday 09:20."
    )
    assert {c: card["level"] for c, card in state["cards"].items()} == {
        code(edition, 1): "stop",
        code(edition, 2): "stop",
    }
    assert state["cards"][code(edition, 2)]["lane"] == [2, 2]
    assert state["side"] == [code(edition, 3), code(edition, 4)]
    assert state["edit"] == edition.programme.edit
    assert (state["undo"], state["redo"], state["refused"]) == (True, False, False)


def test_a_move_that_mends_a_clash_clears_every_session_it_touched(organiser, edition):
    edition.place(talk=2, hour=9, room=1, minute=20)
    fields = {"room": str(edition.rooms[1].id), "start": "2027-05-10T09:20"}
    state = ask(organiser, edition, f"{code(edition, 2)}/place", **fields)
    assert {card["level"] for card in state["cards"].values()} == {""}
    assert "Nothing clashes there." in state["said"]
    assert "Nothing clashes." in state["findings"]


def test_several_sessions_move_in_one_step(organiser, edition):
    puts = [spot(edition, 1, 1, "2027-05-11T10:00"), spot(edition, 3, 2, "2027-05-11T10:00")]
    state = ask(organiser, edition, "arrange", put=puts, off=code(edition, 2))
    assert edition.places == {"Talk 1": ("Room 1", "11 10:00"), "Talk 3": ("Room 2", "11 10:00")}
    ask(organiser, edition, "undo", edit=str(state["edit"]))
    assert edition.places == {"Talk 1": ("Room 1", "10 09:00"), "Talk 2": ("Room 2", "10 09:00")}


def test_several_sessions_are_pinned_in_one_step(organiser, edition):
    ask(organiser, edition, "pins", talk=[code(edition, 1), code(edition, 2)], pinned="1")
    assert all(placement.pinned for placement in edition.programme.placements)
    ask(organiser, edition, "pins", talk=[code(edition, 1)])
    assert [p.pinned for p in edition.programme.placements] == [False, True]


def test_what_the_editor_would_never_send_is_a_bad_request(organiser, edition):
    good = spot(edition, 1, 1, "2027-05-11T10:00")
    for put in ("", "x", good + "x", good.replace("2027", "1927"), "NOCODE" + good[6:]):
        ask(organiser, edition, "arrange", status=400, put=put)
    ask(organiser, edition, "arrange", status=400, off="NOCODE")
    ask(organiser, edition, "pins", status=404, talk="NOCODE")
    ask(organiser, edition, "swap", status=404, one=code(edition, 1), other="NOCODE")
    assert edition.places["Talk 1"] == ("Room 1", "10 09:00")


def test_a_refused_move_is_answered_with_the_draft_as_it_stands(client, organiser, edition):
    seen = str(edition.programme.edit)
    colleague = make_member(edition.conference, Role.CHAIR)
    edition.place(talk=1, hour=11, by=colleague)
    fields = {"room": str(edition.rooms[0].id), "start": "2027-05-10T16:00", "edit": seen}
    state = ask(organiser, edition, f"{code(edition, 1)}/place", status=409, **fields)
    assert state["refused"]
    assert "The chair moved “Talk 1” to Room 1, Mon 10 May, 11:00." in state["said"]
    assert state["cards"][code(edition, 1)]["time"] == "11:00"
    assert state["edit"] == edition.programme.edit


def test_a_move_beside_what_others_did_is_made_and_tells_of_it(organiser, edition):
    seen = str(edition.programme.edit)
    colleague = make_member(edition.conference, Role.CHAIR)
    edition.place(talk=1, hour=11, by=colleague)
    fields = {"room": str(edition.rooms[1].id), "start": "2027-05-10T16:00", "edit": seen}
    state = ask(organiser, edition, f"{code(edition, 2)}/place", **fields)
    assert edition.places == {"Talk 1": ("Room 1", "10 11:00"), "Talk 2": ("Room 2", "10 16:00")}
    assert state["news"] == ["The chair moved “Talk 1” to Room 1, Mon 10 May, 11:00."]


def test_an_open_page_hears_of_changes_and_of_nothing_else(organiser, edition):
    seen = edition.programme.edit
    url = edition.url("draft/state")
    assert organiser.get(url, query_string={"edit": seen}, status=204).data == b""
    edition.place(talk=3, hour=15, by=make_member(edition.conference, Role.CHAIR))
    state = organiser.get(url, query_string={"edit": seen}).json
    assert state["news"] == ["The chair moved “Talk 3” to Room 1, Mon 10 May, 15:00."]
    assert state["side"] == [code(edition, 4)]
    for odd in ("", "x", "-1", "9" * 30):
        assert organiser.get(url, query_string={"edit": odd}).json["news"] == []


def test_a_place_is_judged_before_anything_moves(organiser, edition):
    url = edition.url(f"draft/{code(edition, 2)}/try")
    taken = {"room": str(edition.rooms[0].id), "start": "2027-05-10T09:20"}
    verdict = organiser.get(url, query_string=taken).json
    assert verdict["stops"]
    assert verdict["words"] == [
        "“Talk 1” and “Talk 2” are in Room 1 at the same time on Monday 09:20."
    ]
    free = organiser.get(url, query_string=taken | {"start": "2027-05-10T11:00"}).json
    assert (free["words"], free["stops"]) == ([], False)
    assert edition.places["Talk 2"] == ("Room 2", "10 09:00")
    organiser.get(url, query_string={"room": "x"}, status=400)


def test_one_may_move_by_hand_what_is_pinned_so_the_pin_is_no_objection(organiser, edition):
    service.pin(edition.conference, edition.talks[1], pinned=True, **edition.by)
    url = edition.url(f"draft/{code(edition, 2)}/try")
    there = {"room": str(edition.rooms[0].id), "start": "2027-05-10T11:00"}
    assert organiser.get(url, query_string=there).json["words"] == []


def test_the_panel_of_a_session_is_a_part_of_a_page(organiser, edition):
    url = edition.url(f"draft/{code(edition, 3)}/")
    panel = organiser.get(url, headers={"HX-Request": "true"}).text
    assert "Best places" in panel
    assert "<html" not in panel
    organiser.get(edition.url("draft/NOCODE/"), status=404)


def test_whatever_no_place_of_a_session_covers_is_shaded(organiser, edition):
    one = edition.talks[0]
    service.set_condition(
        edition.conference, one, {"rooms": [edition.rooms[1].id]}, edit=None, **edition.by
    )
    hours = (time(9, 30), time(10, 30))
    day = edition.conference.days[0]
    service.set_openings(edition.conference, edition.rooms[1:], [day], hours, **edition.by)
    told = organiser.get(edition.url(f"draft/{code(edition, 1)}/shade")).json
    assert told[day.isoformat()] == [[0, 0, 96], [1, 0, 6], [1, 18, 78]]
    assert told[edition.conference.days[1].isoformat()] == [[0, 0, 96]]
    free = organiser.get(edition.url(f"draft/{code(edition, 3)}/shade")).json
    assert free[edition.conference.days[1].isoformat()] == []
