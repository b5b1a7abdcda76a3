"""Proposals of Sessionize, Papercall and HotCRP, and of a spreadsheet."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfp.interop import hotcrp, papercall, reading, sessionize, spreadsheet
from cfp.interop.imported import BrokenFile

SESSIONIZE: dict[str, Any] = {
    "sessions": [
        {
            "id": "101",
            "title": "Snow",
            "description": "It falls.",
            "startsAt": None,
            "endsAt": None,
            "isServiceSession": False,
            "speakers": ["u-1", "u-2", "gone"],
            "categoryItems": [7, 8, 9],
            "questionAnswers": [{"questionId": 3, "answerValue": "Twelve"}],
            "roomId": None,
            "status": "Accepted",
        },
        {"id": "102", "title": "Ice", "speakers": ["u-2"], "status": "Declined"},
        {"id": "103", "title": "Lunch", "isServiceSession": True, "speakers": []},
    ],
    "speakers": [
        {"id": "u-1", "fullName": "Ada Winter"},
        {"id": "u-2", "firstName": "Bo", "lastName": "Li", "email": "Bo@x.example"},
    ],
    "questions": [{"id": 3, "question": "Chairs?"}],
    "categories": [
        {"id": 1, "title": "Session format", "items": [{"id": 7, "name": "Workshop"}]},
        {"id": 2, "title": "Track", "items": [{"id": 8, "name": "Weather"}]},
        {"id": 3, "title": "Level", "items": [{"id": 9, "name": "Advanced"}]},
    ],
    "rooms": [{"id": 1, "name": "Hall"}],
}
PAPERCALL = [
    {
        "id": 5,
        "state": "submitted",
        "talk": {
            "title": "Snow",
            "abstract": "It falls.",
            "description": "Longer.",
            "notes": "Third row.",
            "audience_level": "Beginner",
            "talk_format": "Talk (30 minutes)",
        },
        "profile": {"name": "Ada Winter", "email": "Ada@x.example"},
        "ratings": [{"value": 80}, {"value": 35}],
        "tags": ["weather"],
    },
    {"id": 6, "state": "rejected", "talk": {"title": "Ice"}, "profile": {}},
]
HOTCRP = [
    {
        "object": "paper",
        "pid": 12,
        "title": "Snow",
        "abstract": "It falls.",
        "authors": [{"first": "Ada", "last": "Winter", "email": "ADA@x.example"}],
        "topics": {"Weather": True, "Art": False},
        "status": "submitted",
    },
    {"pid": 13, "title": "Ice", "withdrawn": True, "authors": [{"email": "bo@x.example"}]},
]


def as_bytes(content: Any) -> bytes:
    return json.dumps(content).encode()


def workbook(*rows: tuple[object, ...]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


XLSX = workbook(
    ("Session Id", "Title", "Description", "Owner", "Owner Email", "Status"),
    (101, "Snow", "It falls.", "Ada Winter", "ada@x.example", "Nominated"),
    ("102", "Ice", None, "Bo Li", "bo@x.example", "Declined"),
)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("sessionize", as_bytes(SESSIONIZE)),
        ("papercall", as_bytes(PAPERCALL)),
        ("hotcrp", as_bytes(HOTCRP)),
        ("xlsx", XLSX),
    ],
)
def test_each_is_known_by_what_stands_in_it_and_read(kind, data):
    assert reading.guess_format("upload", data) == kind
    first, second = reading.read("upload", data).talks
    assert (first.title, second.title) == ("Snow", "Ice")
    assert first.speakers[0].name == "Ada Winter"
    assert first.key != second.key
    assert [t.key for t in reading.read("upload", data).talks] == [first.key, second.key]


def test_sessionize_says_what_its_categories_mean_and_leaves_out_lunch():
    first, second = sessionize.read(as_bytes(SESSIONIZE)).talks
    assert (first.format, first.track, first.level) == ("Workshop", "Weather", "advanced")
    assert (first.state, second.state) == ("accepted", "rejected")
    assert first.notes == "Chairs?: Twelve"
    assert [p.name for p in first.speakers] == ["Ada Winter", "Bo Li"]
    assert first.speakers[1].email == "bo@x.example"


def test_papercall_brings_minutes_level_and_ratings_along():
    first, second = papercall.read(as_bytes(PAPERCALL)).talks
    assert (first.format, first.minutes, first.level) == ("Talk", 30, "beginner")
    assert "Ratings (of 100): 80, 35" in first.notes
    assert first.speakers[0].email == "ada@x.example"
    assert second.state == "rejected"


def test_hotcrp_knows_authors_topics_and_who_withdrew():
    first, second = hotcrp.read(as_bytes(HOTCRP)).talks
    assert (first.track, first.speakers[0].email) == ("Weather", "ada@x.example")
    assert (first.state, second.state) == ("submitted", "withdrawn")
    assert second.speakers[0].name == "bo@x.example"


def test_a_spreadsheet_is_a_table_whatever_its_cells_are():
    first, second = spreadsheet.read(XLSX).talks
    assert (first.key, first.description) == ("101", "It falls.")
    assert second.state == "declined"


def test_an_archive_that_is_no_spreadsheet_or_too_large_is_refused(monkeypatch):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "x")
    with pytest.raises(BrokenFile, match="save the table as CSV"):
        spreadsheet.read(out.getvalue())
    monkeypatch.setattr(spreadsheet, "MOST_UNPACKED", 10)
    with pytest.raises(BrokenFile, match="too much"):
        spreadsheet.read(XLSX)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["sessions", "talk", "pid", "title", "speakers", "profile", "authors"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(JSON, st.sampled_from([sessionize.read, papercall.read, hotcrp.read]))
def test_no_json_breaks_a_reader(content, read):
    try:
        read(as_bytes(content))
    except BrokenFile:
        return
