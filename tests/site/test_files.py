"""What apps, other sites and search engines fetch, as they fetch it."""

from __future__ import annotations

import json
from email.utils import format_datetime
from io import BytesIO
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from lxml import etree
from PIL import Image, ImageDraw

from cfp.conference.models import Publicity
from cfp.interop.schedule_xml import read
from cfp.site import card
from tests.interop.real import real
from tests.interop.xml_traps import traps
from tests.make import make_conference
from tests.site.released import BEFORE, HERE, drop, pause, release, released, talk_named

FILES = {
    "schedule.xml": "application/xml",
    "schedule.json": "application/json",
    "schedule.xcal": "application/xml",
    "schedule.ics": "text/calendar",
    "schedule/feed.xml": "application/atom+xml",
    "schedule/widgets/schedule.json": "application/json",
}
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.mark.parametrize("file", FILES)
def test_a_file_is_sent_once_and_then_only_when_it_changed(client, file):
    conference = released()
    visitor = client()
    first = visitor.get(f"{HERE}/{file}")
    assert first.mimetype == FILES[file]
    assert first.headers["Last-Modified"] == format_datetime(BEFORE, usegmt=True)
    for known in (
        {"If-None-Match": first.headers["ETag"]},
        {"If-Modified-Since": first.headers["Last-Modified"]},
    ):
        again = visitor.get(f"{HERE}/{file}", status=304, headers=known)
        assert again.data == b""
    drop("Talk 3")
    release(conference, "1.1")
    fresh = visitor.get(f"{HERE}/{file}", headers={"If-None-Match": first.headers["ETag"]})
    assert fresh.headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize("file", [*FILES, "schedule/widget/messages.json"])
def test_scripts_of_other_sites_may_read_what_strangers_see(client, file):
    released()
    assert client().get(f"{HERE}/{file}").headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("page", ["", "schedule/", "speakers/"])
def test_scripts_of_other_sites_may_not_read_pages(client, page):
    released()
    assert "Access-Control-Allow-Origin" not in client().get(f"{HERE}/{page}").headers


@pytest.mark.parametrize("file", [f for f in FILES if "feed" not in f])
def test_before_a_release_there_is_no_file(client, file):
    make_conference(slug="demo")
    client().get(f"{HERE}/{file}", status=404)


def test_schedule_xml_as_served_is_valid_and_free_of_traps(client):
    released()
    data = client().get(f"{HERE}/schedule.xml").data
    assert traps(data) == []
    assert len(read(data).talks) == 4
    etree.XMLSchema(etree.fromstring(real("formats/schedule.xml.xsd"))).assertValid(
        etree.fromstring(data)
    )


def test_schedule_json_as_served_is_valid(client):
    released()
    content = client().get(f"{HERE}/schedule.json").json
    events = [
        event
        for day in content["schedule"]["conference"]["days"]
        for room in day["rooms"].values()
        for event in room
    ]
    assert len(events) == 4
    jsonschema.Draft6Validator(json.loads(real("formats/schema.json"))).validate(content)


def test_xcal_says_local_times_and_what_was_cancelled(client):
    conference = released()
    drop("Talk 3")
    release(conference, "1.1")
    root = ET.fromstring(client().get(f"{HERE}/schedule.xcal").data)  # noqa: S314
    events = root.findall("vcalendar/vevent")
    by_title = {event.findtext("summary"): event for event in events}
    assert by_title["Talk 0"].findtext("dtstart") == "20270510T090000"
    assert by_title["Talk 0"].findtext("dtend") == "20270510T094000"
    assert by_title["Talk 0"].findtext("duration") == "00:40"
    status = {title: event.findtext("status") for title, event in by_title.items()}
    assert status["Talk 0"] == "CONFIRMED"
    assert status["Talk 3"] == "CANCELLED"
    assert len({event.findtext("uid") for event in events}) == 4
    assert by_title["Talk 0"].findtext("attendee") == "Speaker 0"


def test_the_widget_file_joins_talks_rooms_tracks_and_speakers_by_their_keys(client):
    conference = released()
    pause(conference, "Coffee", 100)
    release(conference, "1.1")
    said = client().get(f"{HERE}/schedule/widgets/schedule.json").json
    talks = [talk for talk in said["talks"] if "code" in talk]
    rooms, tracks = ({part["id"] for part in said[key]} for key in ("rooms", "tracks"))
    people = {person["code"] for person in said["speakers"]}
    assert {talk["title"] for talk in talks} == {f"Talk {n}" for n in range(4)}
    assert {talk["room"] for talk in talks} <= rooms
    assert {talk["track"] for talk in talks} <= tracks
    assert {code for talk in talks for code in talk["speakers"]} == people
    assert talks[0]["start"] == "2027-05-10T09:00:00+02:00"
    assert (said["timezone"], said["version"]) == ("Europe/Berlin", "1.1")
    assert (said["event_start"], said["event_end"]) == ("2027-05-10", "2027-05-11")
    assert [part["title"] for part in said["talks"] if "code" not in part] == [{"en": "Coffee"}]
    assert len({part["id"] for part in said["talks"]}) == 5


def test_the_widget_finds_a_sentence_for_each_of_its_words(client):
    released()
    said = client().get(f"{HERE}/schedule/widget/messages.json?lang=de").json
    assert all(isinstance(word, str) and word for word in said.values())
    assert said["view_changelog"] == "Alle Versionen"


def test_the_feed_of_releases_names_its_own_address_and_each_version(client):
    conference = released()
    drop("Talk 3")
    release(conference, "1.1", "Talk 3 is *gone*.")
    feed = ET.fromstring(client().get(f"{HERE}/schedule/feed.xml").data)  # noqa: S314
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == f"http://localhost{HERE}/schedule/feed.xml"
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Version 1.1", "Version 1.0"]
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 2
    assert "Talk 3 is gone." in entries[0].findtext(f"{ATOM}summary")
    assert feed.findtext(f"{ATOM}updated") == BEFORE.isoformat()


def test_the_sitemap_names_every_page_in_every_language(client):
    released()
    visitor = client()
    root = ET.fromstring(visitor.get(f"{HERE}/sitemap.xml").data)  # noqa: S314
    pages = {url.findtext(f"{SITEMAP}loc"): url for url in root}
    talk = f"http://localhost{HERE}/talk/{talk_named('Talk 0').code}/"
    assert {f"http://localhost{HERE}/", f"http://localhost{HERE}/schedule/", talk} <= set(pages)
    assert len(pages) == 6 + 4 + 4
    spoken = {link.get("hreflang") for link in pages[talk].findall(f"{XHTML}link")}
    assert spoken == {"de", "en"}
    for address in pages:
        visitor.get(address.removeprefix("http://localhost"))


def test_robots_find_the_sitemaps_of_public_editions_only(client):
    released()
    make_conference(slug="secret", publicity=Publicity.DRAFT)
    visitor = client()
    assert "Sitemap: http://localhost/sitemap.xml" in visitor.get("/robots.txt").text
    page = visitor.get("/sitemap.xml").text
    assert f"http://localhost{HERE}/sitemap.xml" in page
    assert "secret" not in page


# The picture beside a link


def test_a_talk_has_a_picture_of_the_size_that_others_show(client):
    released()
    answer = client().get(f"{HERE}/talk/{talk_named('Talk 0').code}/card.png")
    picture = Image.open(BytesIO(answer.data))
    assert (answer.mimetype, picture.size) == ("image/png", (1200, 630))
    assert len(answer.data) < 60_000


@pytest.mark.parametrize(
    "title", ["a", "Wort " * 40, "Donaudampfschiff" * 12, "Ελληνικά Привет", "雪"]
)
def test_any_title_makes_a_picture(client, title):
    conference = released()
    talk = talk_named("Talk 0")
    talk.title = title[:200]
    release(conference, "1.1")
    client().get(f"{HERE}/talk/{talk.code}/card.png")


def test_letters_that_no_font_has_are_left_out():
    assert list(card.runs("Snow ❄ Снег")) == [("latin", "Snow  "), ("cyrillic", "Снег")]


def test_lines_of_a_picture_stay_between_its_margins():
    pen = card.Pen(ImageDraw.Draw(Image.new("RGB", (10, 10))))
    lines = list(pen.wrapped("What we learnt in a year of " * 6, 60, 750))
    assert len(lines) > 2
    assert all(card.width(line, 60, 750) <= card.WIDTH - 2 * card.MARGIN for line in lines)


# Where there is no network


def test_the_worker_may_look_after_the_whole_edition(client):
    released()
    answer = client().get(f"{HERE}/schedule/worker.js")
    assert answer.headers["Service-Worker-Allowed"] == f"{HERE}/"
    assert answer.mimetype == "text/javascript"
