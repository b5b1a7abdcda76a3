"""A file is known by what stands in it, and no file of any kind breaks the reader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cfp.interop import pretalx, proposals_csv, reading, schedule_json, schedule_xml
from cfp.interop.imported import BrokenFile
from tests.interop.releases import make_release, make_talk

RELEASE = make_release(make_talk(1, abstract="Größe"), make_talk(2))
GOOD = {
    "schedule.xml": schedule_xml.write(RELEASE),
    "schedule.json": schedule_json.write(RELEASE),
    "pretalx": json.dumps({"count": 1, "results": [{"code": "ABCDEF", "title": "Snow"}]}).encode(),
    "csv": b"title;speakers;e-mails\nSnow;Ada;ada@x.example\n",
}
MANY = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)


@pytest.mark.parametrize("kind", GOOD)
@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b"\n "])
def test_a_file_is_known_by_what_stands_in_it(kind, before):
    assert reading.guess_format("upload", before + GOOD[kind]) == kind


@pytest.mark.parametrize("kind", GOOD)
def test_every_format_is_read_by_its_reader(kind):
    imported = reading.read("upload", GOOD[kind])
    assert "Snow" in {talk.title for talk in imported.talks}


def test_a_table_of_one_column_is_known_by_its_name():
    assert reading.guess_format("Talks.CSV", b"title\nSnow\n") == "csv"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"PK\x03\x04....", "The spreadsheet cannot be read; save the table as CSV."),
        (b"%PDF-1.7", "This is a PDF."),
        (b"BEGIN:VCALENDAR\r\n", "This is a calendar"),
        (b"\x7fELF", "The file is neither XML nor JSON nor CSV."),
        (b" \n", "The file is empty."),
        (b"[1, null]", "This JSON holds nothing that is known here"),
    ],
)
def test_what_cannot_be_read_is_named(data, sentence):
    with pytest.raises(BrokenFile) as broken:
        reading.read("upload", data)
    assert broken.value.sentence.startswith(sentence)


def read_or_refused(read, data: bytes) -> None:
    """Nothing but a BrokenFile may be raised by a reader, whatever goes in."""
    with suppress(BrokenFile):
        words = "".join(strings(asdict(read(data))))
        assert "\x00" not in words  # which PostgreSQL would not take
        words.encode()


def strings(thing: object) -> Iterator[str]:
    if isinstance(thing, dict):
        thing = list(thing.values())
    for inner in thing if isinstance(thing, list | tuple) else ():
        yield from strings(inner)
    if isinstance(thing, str):
        yield thing


@MANY
@given(
    kind=st.sampled_from(list(GOOD)),
    where=st.floats(0, 1),
    cut=st.integers(0, 40),
    new=st.binary(max_size=9),
)
def test_a_file_damaged_anywhere_is_read_or_refused(kind, where, cut, new):
    good = GOOD[kind]
    place = int(where * len(good))
    damaged = good[:place] + new + good[place + cut :]
    read_or_refused(reading._READERS[kind], damaged)


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
EVENT_KEYS = (
    "id",
    "guid",
    "code",
    "date",
    "start",
    "end",
    "duration",
    "title",
    "track",
    "persons",
    "links",
)
SUBMISSION_KEYS = (
    "code",
    "title",
    "speakers",
    "submission_type",
    "track",
    "slots",
    "slot",
    "duration",
    "resources",
    "content_locale",
)


@MANY
@given(event=st.dictionaries(st.sampled_from(EVENT_KEYS), ANYTHING), days=ANYTHING)
@example(event={"title": "x", "guid": "\0g", "persons": [{"id": "\0", "name": "A"}]}, days="\0")
@example(event={"title": "x", "date": "0001-01-01T00:00:00+14:00"}, days=None)
@example(event={"title": "x", "date": "2027-06-01", "start": "12:00", "duration": 10**30}, days=0)
def test_schedule_json_may_hold_anything_anywhere(event, days):
    day = {"date": days, "rooms": {"Hall": [event]}}
    content = {"schedule": {"conference": {"days": [day, days], "rooms": days, "tracks": days}}}
    read_or_refused(schedule_json.read, json.dumps(content).encode())


@MANY
@given(submission=st.dictionaries(st.sampled_from(SUBMISSION_KEYS), ANYTHING), other=ANYTHING)
@example(submission={"title": "x", "slots": [{"start": 3, "room": {"name": {"en": 1}}}]}, other=0)
def test_pretalx_may_hold_anything_anywhere(submission, other):
    for content in (
        {"results": [submission, other], "count": other},
        {"talks": [submission, other]},
    ):
        read_or_refused(pretalx.read, json.dumps(content).encode())


@MANY
@given(
    table=st.lists(st.lists(st.text(max_size=8), max_size=4), max_size=4),
    binary=st.binary(max_size=40),
)
def test_a_table_may_hold_anything_anywhere(table, binary):
    text = "\n".join(";".join(row) for row in [["title", "e-mails", "duration"], *table])
    read_or_refused(proposals_csv.read, text.encode("utf-8", "surrogatepass"))
    read_or_refused(proposals_csv.read, b"title,id\n" + binary)
