"""Submissions as pretalx' API gives them: expanded or not, old or new, one page or all."""

from __future__ import annotations

import json

import pytest

from cfp.interop import pretalx
from cfp.interop.imported import (
    BrokenFile,
    Imported,
    ImportedFormat,
    ImportedLink,
    ImportedPerson,
    ImportedRoom,
    ImportedTrack,
)
from tests.interop.releases import at

SUBMISSION = {
    "code": "ABCDEF",
    "title": "Snow",
    "speakers": [{"code": "ADAADA", "name": "Ada", "biography": "", "email": "Ada@X.example"}],
    "submission_type": {
        "id": 1,
        "name": {"en": "Lecture", "de": "Vortrag"},
        "default_duration": 30,
    },
    "track": {"id": 2, "name": {"en": "Ice"}, "color": "#00aaff"},
    "state": "confirmed",
    "abstract": "Short",
    "description": "Long",
    "duration": 30,
    "content_locale": "de",
    "do_not_record": True,
    "notes": "please early",
    "resources": [{"id": 1, "resource": "https://example.org/s.pdf", "description": "Slides"}],
    "slots": [],
}
ROOM = {"id": 3, "name": {"en": "Hall"}, "guid": "room-guid", "capacity": 120}
SLOT = {
    "id": 9,
    "room": ROOM,
    "start": "2027-06-01T09:00:00+02:00",
    "end": "2027-06-01T09:45:00+02:00",
    "duration": 45,
}


def read(*submissions: object, **page: object) -> Imported:
    usual = {"count": len(submissions), "next": None, "previous": None, "results": submissions}
    return pretalx.read(json.dumps({**usual, **page}).encode())


def test_an_expanded_submission_is_a_whole_proposal():
    imported = read(SUBMISSION)
    (talk,) = imported.talks
    assert (talk.key, talk.code, talk.state) == ("ABCDEF", "ABCDEF", "confirmed")
    assert (talk.title, talk.abstract, talk.description) == ("Snow", "Short", "Long")
    assert (talk.format, talk.track, talk.minutes) == ("Vortrag", "Ice", 30)
    assert (talk.language, talk.do_not_record, talk.notes) == ("de", True, "please early")
    assert talk.speakers == (ImportedPerson("ADAADA", "Ada", "ada@x.example"),)
    assert talk.links == (ImportedLink("Slides", "https://example.org/s.pdf"),)
    assert (talk.start, talk.room) == (None, "")
    assert imported.conference.formats == (ImportedFormat("Vortrag", 30),)
    assert imported.conference.tracks == (ImportedTrack("Ice", "ice", "#00aaff"),)
    assert imported.repairs == ()
    assert imported.complete


def test_each_slot_is_a_talk_and_the_earliest_keeps_the_code_as_key():
    later = SLOT | {"start": "2027-06-02T09:00:00+02:00", "end": "2027-06-02T09:45:00+02:00"}
    imported = read(SUBMISSION | {"slots": [later, SLOT]})
    assert [(t.key, t.room) for t in imported.talks] == [("ABCDEF", "Hall"), ("ABCDEF#2", "Hall")]
    assert imported.talks[0].start == at("2027-06-01T07:00+00:00")
    assert imported.talks[0].minutes == 45
    assert imported.conference.rooms == (ImportedRoom("Hall", "room-guid", 120),)


def test_the_older_form_with_one_slot_and_plain_names_is_read():
    slot = {"start": "2027-06-01T07:00:00Z", "end": "2027-06-01T07:30:00Z", "room": "Hall"}
    old = {k: v for k, v in SUBMISSION.items() if k != "slots"}
    (talk,) = read(old | {"slot": slot, "submission_type": "Talk", "track": None}).talks
    assert (talk.start, talk.room) == (at("2027-06-01T07:00+00:00"), "Hall")
    assert (talk.format, talk.track) == ("Talk", "")


def test_a_slot_that_is_not_placed_yet_is_no_slot():
    empty = {"id": 9, "room": None, "start": None, "end": None}
    assert read(SUBMISSION | {"slots": [empty]}).talks[0].start is None


def test_what_is_not_expanded_is_left_out_and_told_how_to_get_it():
    bare = {"speakers": ["ADAADA"], "submission_type": 1, "track": 2, "slots": [9]}
    imported = read(SUBMISSION | bare)
    (talk,) = imported.talks
    assert (talk.speakers, talk.format, talk.track, talk.start) == ((), "", "", None)
    assert len(imported.repairs) == 4
    assert all("?expand=" in sentence for sentence in imported.repairs)


@pytest.mark.parametrize("page", [{"next": "https://x.example/?page=2"}, {"count": 90}])
def test_one_page_of_several_is_not_taken_for_all(page):
    imported = read(SUBMISSION, **page)
    assert not imported.complete
    assert imported.repairs[0].startswith("The file is one page of several")


def test_all_pages_in_one_file_are_complete():
    pages = [
        {"count": 2, "next": "https://x.example/?page=2", "results": [SUBMISSION]},
        {"count": 2, "next": None, "results": [SUBMISSION | {"code": "GHIJKL"}]},
    ]
    imported = pretalx.read(json.dumps(pages).encode())
    assert [talk.key for talk in imported.talks] == ["ABCDEF", "GHIJKL"]
    assert imported.complete


def test_a_bare_list_of_submissions_is_read():
    assert len(pretalx.read(json.dumps([SUBMISSION]).encode()).talks) == 1


def test_what_was_withdrawn_comes_with_its_state():
    states = ["submitted", "withdrawn", "rejected", "canceled"]
    imported = read(*(SUBMISSION | {"code": s, "state": s} for s in states))
    assert [talk.state for talk in imported.talks] == [
        *("submitted", "withdrawn", "rejected", "cancelled")
    ]


def test_a_programme_put_together_from_the_api_is_read():
    talk = {
        "id": "ABCDEF",
        "title": "Snow",
        "room": "Hall",
        "start": "2027-06-01T09:00:00+02:00",
        "end": "2027-06-01T09:45:00+02:00",
        "duration_min": 45,
        "type": "Lecture",
        "speakers": [{"id": "ADAADA", "name": "Ada"}],
    }
    content = {
        "conference": {"title": "Snow Days", "time_zone_name": "Europe/Berlin"},
        "rooms": [{"name": "Hall", "capacity": 300, "uuid": "u"}],
        "tracks": ["Ice"],
        "types": ["Lecture", "Workshop"],
        "talks": [talk],
    }
    imported = pretalx.read(json.dumps(content).encode())
    assert imported.talks[0].minutes == 45
    assert imported.talks[0].speakers[0].key == "ADAADA"
    assert imported.conference.rooms == (ImportedRoom("Hall", "u", 300),)
    assert [track.name for track in imported.conference.tracks] == ["Ice"]
    assert imported.conference.formats == (
        ImportedFormat("Lecture", 45),
        ImportedFormat("Workshop"),
    )


@pytest.mark.parametrize(
    "content", [{}, [], [1], {"results": 3}, [{"results": []}, {"title": "x"}], "text", None]
)
def test_what_holds_no_submissions_is_refused(content):
    with pytest.raises(BrokenFile):
        pretalx.read(json.dumps(content).encode())


def test_a_file_cut_off_is_refused_with_its_place():
    with pytest.raises(BrokenFile) as broken:
        pretalx.read(b'{"count": 1,\n"results": [{"code"')
    assert broken.value.where == "line 2, column 20"
