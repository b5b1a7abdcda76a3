"""What we publish as schedule.xml and schedule.json works in every app that reads them."""

from __future__ import annotations

import json
from datetime import date

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from cfp.interop import schedule_json, schedule_xml
from cfp.interop.released import Release, ReleasedLink, ReleasedRoom, ReleasedTrack
from tests.interop.real import real
from tests.interop.releases import at, make_release, make_talk, releases
from tests.interop.xml_traps import traps

MANY = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)


@pytest.fixture(scope="module")
def xml_schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.fromstring(real("formats/schedule.xml.xsd")))


@pytest.fixture(scope="module")
def json_schema() -> jsonschema.Draft6Validator:
    return jsonschema.Draft6Validator(json.loads(real("formats/schema.json")))


def xml_of(*talks, **wanted) -> etree._Element:
    return etree.fromstring(schedule_xml.write(make_release(*talks, **wanted)))


def events_of(*talks, **wanted) -> list[dict]:
    content = json.loads(schedule_json.write(make_release(*talks, **wanted)))
    days = content["schedule"]["conference"]["days"]
    return [event for day in days for room in day["rooms"].values() for event in room]


@MANY
@given(release=releases())
def test_no_release_falls_into_a_trap_of_the_apps(release: Release):
    assert traps(schedule_xml.write(release)) == []


@MANY
@given(release=releases())
def test_every_release_is_valid_by_the_published_xml_schema(xml_schema, release: Release):
    xml_schema.assertValid(etree.fromstring(schedule_xml.write(release)))


@MANY
@given(release=releases())
def test_every_release_is_valid_by_the_published_json_schema(json_schema, release: Release):
    json_schema.validate(json.loads(schedule_json.write(release)))


def test_the_same_release_gives_the_same_bytes():
    release = make_release(make_talk(1), make_talk(2))
    assert schedule_xml.write(release) == schedule_xml.write(release)
    assert schedule_json.write(release) == schedule_json.write(release)


def test_a_talk_after_midnight_belongs_to_the_evening_before():
    late = make_talk(starts_at=at("2027-06-02T03:30+02:00"), minutes=60)
    first, second = xml_of(late).findall("day")
    assert first.get("date") == "2027-06-01"
    assert len(first.findall("room/event")) == 1
    assert not second.findall("room/event")
    assert first.findtext("room/event/start") == "03:30"
    assert first.get("end") == "2027-06-02T04:30:00+02:00"


def test_a_day_without_talks_is_still_a_day():
    days = xml_of(make_talk()).findall("day")
    assert [day.get("date") for day in days] == ["2027-06-01", "2027-06-02"]
    assert [day.get("index") for day in days] == ["1", "2"]


def test_a_talk_outside_the_dates_gets_a_day_of_its_own():
    early = make_talk(starts_at=at("2027-05-31T18:00+02:00"))
    assert xml_of(early).find("day").get("date") == "2027-05-31"


def test_times_are_written_at_the_conferences_offset():
    talk = make_talk(starts_at=at("2027-06-01T07:00+00:00"))
    event = xml_of(talk, timezone="Asia/Kolkata").find("day/room/event")
    assert event.findtext("date") == "2027-06-01T12:30:00+05:30"
    assert event.findtext("start") == "12:30"


def test_a_cancelled_talk_is_not_in_the_programme():
    talks = make_talk(1), make_talk(2, cancelled=True)
    assert [e.get("code") for e in xml_of(*talks).iter("event")] == ["SNOW01"]
    assert [e["code"] for e in events_of(*talks)] == ["SNOW01"]


def test_a_talk_given_twice_has_its_code_once_and_two_guids():
    again = at("2027-06-02T09:00+02:00")
    talks = make_talk(1, code="TWICE2"), make_talk(2, code="TWICE2", starts_at=again)
    release = make_release(*talks)
    assert traps(schedule_xml.write(release)) == []
    first, second = xml_of(*talks).iter("event")
    assert (first.get("code"), second.get("code")) == ("TWICE2", None)
    assert first.get("guid") == talks[0].guid != second.get("guid")


@pytest.mark.parametrize("code", ["ABCDEFG8", "abcdef", "A-C-E-"])
def test_a_code_that_apps_cannot_read_is_left_out(code):
    assert xml_of(make_talk(code=code)).find("day/room/event").get("code") is None


def test_a_link_without_address_is_left_out():
    links = ReleasedLink("Slides", ""), ReleasedLink("", "https://example.org/slides")
    (link,) = xml_of(make_talk(links=links)).iter("link")
    assert (link.get("href"), link.text) == ("https://example.org/slides",) * 2


def test_a_foreign_guid_becomes_a_uuid_that_stays():
    talks = [make_talk(guid="HOqeNIb6G7M4hYFKFRkCmQ")]
    guids = {next(xml_of(*talks).iter("event")).get("guid") for _ in range(2)}
    assert len(guids) == 1
    assert traps(schedule_xml.write(make_release(*talks))) == []


@pytest.mark.parametrize(
    ("slug", "acronym"), [("snow-27", "snow_27"), ("fb", "fb__"), ("38c3", "38c3")]
)
def test_the_acronym_suits_both_schemas(slug, acronym):
    assert xml_of(slug=slug).findtext("conference/acronym") == acronym


def test_slugs_name_conference_slot_and_title():
    titles = {"Größe ist kein Maß": "snow_27-1-grosse-ist-kein-mass", "雪": "snow_27-1-talk"}
    for title, slug in titles.items():
        assert events_of(make_talk(title=title))[0]["slug"] == slug


def test_tracks_of_like_names_have_slugs_of_their_own():
    tracks = tuple(ReleasedTrack(name) for name in ("Data", "Dáta", "3D", "雪"))
    slugs = [track.get("slug") for track in xml_of(tracks=tracks).iter("track")]
    assert slugs == ["data", "data-2", "track-3d", "track"]


def test_a_person_is_said_in_one_way_only():
    (person,) = events_of(make_talk())[0]["persons"]
    assert person == {"id": 7, "code": "MARIT7", "public_name": "Marit Solvåg"}


def test_a_zone_that_the_json_schema_does_not_know_is_left_out():
    release = make_release(timezone="Etc/GMT+5")
    conference = json.loads(schedule_json.write(release))["schedule"]["conference"]
    assert "time_zone_name" not in conference


def test_a_length_beyond_what_apps_read_ends_at_99_hours():
    endless = make_talk(minutes=200 * 60)
    assert events_of(endless)[0]["duration"] == "99:59"


@pytest.mark.parametrize("ids", [(0,), (3, 3)])
def test_slot_ids_that_apps_would_mix_up_are_refused(ids):
    with pytest.raises(ValueError, match="slot ids"):
        make_release(*(make_talk(slot_id) for slot_id in ids))


def test_a_talk_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="ends after"):
        make_release(make_talk(minutes=-5))


def test_rooms_come_in_the_order_of_the_house():
    rooms = tuple(ReleasedRoom(name, f"guid of {name}") for name in ("Hall", "Attic"))
    talks = make_talk(1, room="Attic"), make_talk(2, room="Hall")
    day = xml_of(*talks, rooms=rooms).find("day")
    assert [room.get("name") for room in day] == ["Hall", "Attic"]


def test_the_lxml_reader_of_apps_and_our_own_agree_on_the_days():
    release = make_release(ends_on=date(2027, 6, 4))
    root = etree.fromstring(schedule_xml.write(release))
    assert root.findtext("conference/days") == str(len(root.findall("day"))) == "4"
