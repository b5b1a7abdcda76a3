"""schedule.xml as it comes: repaired where that can be done, told, and refused where it cannot."""

from __future__ import annotations

from datetime import date

import pytest

from cfp.interop import schedule_xml
from cfp.interop.imported import BrokenFile, Imported, ImportedLink
from tests.interop.releases import at

EVENT = """<event guid="{guid}" id="{id}"><date>{date}</date><start>{start}</start>
<duration>{duration}</duration><title>Snow</title>{more}</event>"""
CONFERENCE = """<title>Snow Days</title><acronym>snow27</acronym><start>2027-06-01</start>
<end>2027-06-02</end><time_zone_name>Europe/Berlin</time_zone_name>"""
DAY = (
    'index="1" date="2027-06-01" start="2027-06-01T04:00:00+02:00" end="2027-06-02T03:59:00+02:00"'
)


def event(more: str = "", **wanted: str) -> str:
    usual = {
        "guid": "29aecfd7-2e44-4f49-ab86-29b5e0877325",
        "id": "1",
        "date": "2027-06-01T09:00:00+02:00",
        "start": "09:00",
        "duration": "00:45",
    }
    return EVENT.format(more=more, **{**usual, **wanted})


def file(*events: str, conference: str = CONFERENCE, day: str = DAY, version: str = "1.0") -> bytes:
    return (
        f"<?xml version='1.0' encoding='utf-8'?><schedule><version>{version}</version>"
        f"<conference>{conference}</conference><day {day}><room name='Hall'>"
        f"\n{''.join(events)}</room></day></schedule>"
    ).encode()


def read(*events: str, **wanted: str) -> Imported:
    return schedule_xml.read(file(*events, **wanted))


def told(imported: Imported, beginning: str) -> bool:
    return any(sentence.startswith(beginning) for sentence in imported.repairs)


def test_a_clean_file_needs_no_repair():
    imported = read(event())
    assert imported.repairs == ()
    assert imported.complete
    (talk,) = imported.talks
    assert (talk.title, talk.room, talk.minutes) == ("Snow", "Hall", 45)
    assert talk.start == at("2027-06-01T07:00+00:00")
    conference = imported.conference
    assert (conference.title, conference.acronym) == ("Snow Days", "snow27")
    assert (conference.starts_on, conference.ends_on) == (date(2027, 6, 1), date(2027, 6, 2))


def test_ids_that_repeat_are_told_apart_by_guid():
    other = "8c4e647f-813e-41ef-b05b-65469dd841c3"
    imported = read(event(), event(guid=other))
    assert [talk.key for talk in imported.talks][1] == other
    assert told(imported, "Event ids repeat")


def test_a_guid_that_repeats_is_a_further_slot_with_a_key_that_stays():
    again = event(id="2", date="2027-06-02T09:00:00+02:00")
    first, second = read(event(), again).talks
    assert second.key == f"{first.key}#2"
    assert told(read(event(), again), "The talk stands there again")


@pytest.mark.parametrize(("guid", "id_", "key"), [("", "7", "7"), ("odd guid", "7", "odd guid")])
def test_without_a_guid_the_id_is_the_key(guid, id_, key):
    assert read(event(guid=guid, id=id_)).talks[0].key == key


def test_without_any_id_the_title_and_speaker_are_the_key():
    bare = event(guid="", id="")
    named = event("<persons><person>Bo</person></persons>", guid="", id="")
    imported = read(bare, named)
    assert len({talk.key for talk in imported.talks}) == 2
    assert [t.key for t in imported.talks] == [t.key for t in read(bare, named).talks]
    assert told(imported, "The talk has no id")


def test_a_talk_without_title_is_refused_with_its_line():
    imported = read(event().replace("Snow", " "), event())
    assert len(imported.talks) == 1
    ((where, sentence),) = imported.refused
    assert where == "line 3"
    assert sentence == "The talk has no title."
    assert not imported.complete


def test_links_without_address_are_dropped_and_bare_ones_mended():
    links = '<links><link>Lost</link><link href="www.mr.example/x">Found</link></links>'
    imported = read(event(links))
    assert imported.talks[0].links == (ImportedLink("Found", "http://www.mr.example/x"),)
    assert told(imported, "A link without a web address was left out")
    assert told(imported, "A link lacked its http://")


def test_a_script_is_no_link():
    links = '<links><link href="javascript:alert(1)">x</link></links><url>javascript:1</url>'
    (talk,) = read(event(links)).talks
    assert (talk.links, talk.url) == ((), "")


def test_a_day_without_its_end_is_told():
    imported = read(event(), day='date="2027-06-01" index="1"')
    assert len(imported.talks) == 1
    assert told(imported, "The day lacks its start or end")


def test_html_becomes_markdown_and_is_told():
    html = "<abstract>&lt;p&gt;Ice &amp;amp; &lt;b&gt;snow&lt;/b&gt;&lt;/p&gt;</abstract>"
    imported = read(event(html))
    assert imported.talks[0].abstract == "Ice & **snow**"
    assert told(imported, "HTML was turned into Markdown (line 3)")


@pytest.mark.parametrize(
    ("duration", "minutes"),
    [("0:45", 45), ("01:30", 90), ("45", 45), ("00:45:00", 45), ("36:00", 1440), ("3:00:00", 1440)],
)
def test_lengths_are_understood_and_days_cut_to_one(duration, minutes):
    imported = read(event(duration=duration))
    assert imported.talks[0].minutes == minutes
    assert told(imported, "The talk lasted for days") == (minutes == 1440)


@pytest.mark.parametrize("duration", ["", "00:00", "long", "-1:00"])
def test_a_senseless_length_is_no_length(duration):
    imported = read(event(duration=duration))
    assert imported.talks[0].minutes is None
    assert told(imported, "The talk has no duration")


def test_times_in_another_offset_are_the_same_instants():
    kolkata = CONFERENCE.replace("Europe/Berlin", "Asia/Kolkata")
    imported = read(event(date="2027-06-01T05:00:00Z", start="10:30"), conference=kolkata)
    assert imported.talks[0].start == at("2027-06-01T05:00+00:00")
    assert not told(imported, "Start and date contradict")
    assert told(imported, "The time is written in another offset")


def test_where_start_and_date_contradict_the_date_is_trusted():
    imported = read(event(start="11:00"))
    assert imported.talks[0].start == at("2027-06-01T07:00+00:00")
    assert told(imported, "Start and date contradict each other")


@pytest.mark.parametrize(
    ("day_date", "start", "expected"),
    [
        ("", "09:00", "2027-06-01T07:00+00:00"),
        ("2027-06-01", "09:00", "2027-06-01T07:00+00:00"),
        ("nonsense", "0:30", "2027-06-01T22:30+00:00"),  # after midnight: the next date
        ("", "03:59", "2027-06-02T01:59+00:00"),
        ("", "04:00", "2027-06-01T02:00+00:00"),
    ],
)
def test_without_a_full_date_day_and_start_count(day_date, start, expected):
    imported = read(event(date=day_date, start=start))
    assert imported.talks[0].start == at(expected)
    assert told(imported, "The talk has no full date")


def test_the_hour_at_which_a_day_changes_may_be_said():
    late = CONFERENCE + "<day_change>09:00:00</day_change>"
    imported = read(event(date="", start="08:59"), conference=late)
    assert imported.talks[0].start == at("2027-06-02T06:59+00:00")


def test_a_date_without_offset_is_read_in_the_conferences_zone():
    imported = read(event(date="2027-06-01T09:00:00"))
    assert imported.talks[0].start == at("2027-06-01T07:00+00:00")
    assert told(imported, "The time has no offset")


@pytest.mark.parametrize(
    ("date_", "start"), [("", ""), ("soon", "25:00"), ("9999-12-31T23:59", "")]
)
def test_a_talk_without_time_comes_in_unplaced(date_, start):
    imported = read(event(date=date_, start=start))
    assert imported.talks[0].start is None
    assert told(imported, "The talk has no time")


def test_an_empty_version_is_told():
    assert told(read(event(), version=" "), "The file has no version")


def test_an_unknown_zone_is_told_and_the_given_one_assumed():
    strange = CONFERENCE.replace("Europe/Berlin", "Mars/Olympus")
    imported = schedule_xml.read(file(event(date=""), conference=strange), zone="Asia/Kolkata")
    assert imported.talks[0].start == at("2027-06-01T03:30+00:00")
    assert imported.conference.timezone == ""
    assert told(imported, "“Mars/Olympus” is no known time zone; Asia/Kolkata was assumed")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2030-01-01", "2030-01-02", (date(2027, 6, 1), date(2027, 6, 1))),
        ("2027-06-02", "2027-06-03", (date(2027, 6, 1), date(2027, 6, 3))),
        ("", "", (date(2027, 6, 1), date(2027, 6, 1))),
        ("2027-06-03", "2027-06-01", (date(2027, 6, 1), date(2027, 6, 1))),
    ],
)
def test_dates_that_deny_the_talks_are_corrected(start, end, expected):
    head = f"<start>{start}</start><end>{end}</end><time_zone_name>Europe/Berlin</time_zone_name>"
    imported = read(event(), conference=head)
    conference = imported.conference
    assert (conference.starts_on, conference.ends_on) == expected
    assert any("dates" in sentence for sentence in imported.repairs)


@pytest.mark.parametrize("value", ["true", "1", " True "])
def test_an_optout_is_respected(value):
    recording = f"<recording><license/><optout>{value}</optout></recording>"
    assert read(event(recording)).talks[0].do_not_record


def test_a_place_is_told_only_so_often():
    events = [event(guid=f"g{n}", start="11:00") for n in range(9)]
    (sentence,) = [s for s in read(*events).repairs if s.startswith("Start and date")]
    assert sentence.endswith("; and 4 more)")


def test_too_long_a_title_is_cut_and_told():
    imported = read(event().replace("Snow", "Snow " * 60))
    assert len(imported.talks[0].title) <= 200
    assert told(imported, "The title is longer than 200 characters")


BROKEN = {
    "empty": (b" ", "The file is empty.", ""),
    "cut off": (file(event())[:-60], "The file is not well-formed XML", "line 4, column"),
    "crossed tags": (b"<schedule>\n<a></b></schedule>", "The file is not well-formed", "line 2"),
    "other root": (b"<rss><channel/></rss>", "The file holds “rss”, not a schedule.", "line 1"),
    "unknown entity": (b"<schedule>&nbsp;</schedule>", "The file is not well-formed", "line 1"),
    "unknown encoding": (b"<?xml version='1.0' encoding='klingon'?><schedule/>", "The file", ""),
    "control character": (b"<schedule>\x01</schedule>", "The file is not well-formed", "line 1"),
    "document type": (
        b'<!DOCTYPE s [<!ENTITY a "b">]>\n<schedule/>',
        "The file declares",
        "line 1",
    ),
    "deep": (b"<schedule>" + b"<a>" * 60, "The file is nested too deeply", "line 1"),
    "crowded": (b"<schedule>" + b"<a/>" * 600_000, "The file holds too much.", ""),
    "large": (b"<schedule>" + b" " * 20_000_000, "The file is larger than 20 MB.", ""),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_as_a_whole_with_its_place(name):
    data, sentence, where = BROKEN[name]
    with pytest.raises(BrokenFile) as broken:
        schedule_xml.read(data)
    assert broken.value.sentence.startswith(sentence)
    assert broken.value.where.startswith(where)


def test_a_bomb_of_entities_never_goes_off():
    bomb = b'<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><schedule>&b;</schedule>'
    with pytest.raises(BrokenFile, match="document type"):
        schedule_xml.read(bomb)


def test_nobodys_programme_has_so_many_talks():
    events = "".join(event(guid=f"g{n}") for n in range(5_001))
    with pytest.raises(BrokenFile, match="more than 5000 talks"):
        schedule_xml.read(file(events))


def test_other_encodings_are_read():
    data = file(event().replace("Snow", "Größe")).decode().replace("utf-8", "iso-8859-1")
    assert schedule_xml.read(data.encode("latin-1")).talks[0].title == "Größe"
