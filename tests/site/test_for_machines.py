"""What a page says of itself: to search engines, to other languages, where somebody links to it."""

from __future__ import annotations

import html
import json
import re

import pytest

from cfp.site import linked_data
from tests.site.released import HERE, drop, release, released, talk_named


def linked(page):
    """The JSON-LD in a page, as a browser would take it out."""
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(text)


def meta(page, name):
    found = re.search(rf'<meta (?:property|name)="{re.escape(name)}" content="([^"]*)"', page)
    return html.unescape(found[1]) if found else None


@pytest.mark.parametrize("path", ["", "schedule/", "schedule/booklet/", "speakers/"])
def test_every_page_names_itself_in_each_language(client, path):
    released()
    page = client().get(f"{HERE}/{path}").text
    found = dict(re.findall(r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)"', page))
    here = f"http://localhost{HERE}/{path}"
    assert found == {"en": f"{here}?lang=en", "de": f"{here}?lang=de", "x-default": here}
    assert f'<link rel="canonical" href="{here}">' in page


def test_the_language_in_an_address_counts_more_than_the_browsers(client):
    released()
    page = client().get(f"{HERE}/schedule/?lang=en", headers={"Accept-Language": "de"}).text
    assert '<html lang="en"' in page


def test_an_unknown_language_in_an_address_changes_nothing(client):
    released()
    page = client().get(f"{HERE}/schedule/?lang=tlh", headers={"Accept-Language": "de"}).text
    assert '<html lang="de"' in page


def test_the_schedule_is_an_event_with_its_sessions(client):
    released(venue="Old Mill", city="Kiel")
    said = linked(client().get(f"{HERE}/schedule/").text)
    assert (said["@type"], said["startDate"], said["endDate"]) == (
        "Event",
        "2027-05-10",
        "2027-05-11",
    )
    assert said["location"]["name"] == "Old Mill"
    assert said["location"]["address"]["addressLocality"] == "Kiel"
    first = next(part for part in said["subEvent"] if part["name"] == "Talk 0")
    assert first["startDate"] == "2027-05-10T09:00:00+02:00"
    assert first["location"]["name"] == "Room 0, Old Mill"
    assert [person["name"] for person in first["performer"]] == ["Speaker 0"]
    assert len(said["subEvent"]) == 4


def test_a_session_that_is_cancelled_says_so_to_machines(client):
    conference = released()
    visitor = client()
    path = f"{HERE}/talk/{talk_named('Talk 3').code}/"
    assert linked(visitor.get(path).text)["eventStatus"].endswith("EventScheduled")
    drop("Talk 3")
    release(conference, "1.1")
    assert linked(visitor.get(path).text)["eventStatus"].endswith("EventCancelled")


def test_nothing_in_the_data_can_end_the_element_that_holds_it(client):
    conference = released()
    evil = "</script><script>alert(1)</script><!-- &amp; \u2028"
    talk_named("Talk 0").title = evil
    release(conference, "1.1")
    visitor = client()
    page = visitor.get(f"{HERE}/schedule/").text
    assert "<script>alert" not in page
    names = {part["name"] for part in linked(page)["subEvent"]}
    assert any(name.startswith("</script><script>alert(1)") for name in names)
    code = re.search(r'data-code="([A-Z0-9]+)"[^>]*><h4[^>]*><a[^>]*>&lt;/script', page)[1]
    assert "</script><script>alert" not in visitor.get(f"{HERE}/talk/{code}/").text


def test_written_data_is_read_back_as_it_was():
    said = {"name": '<b>&</b> \u2028 \u2029 " \\ é'}
    assert json.loads(str(linked_data.written(said))) == said


def test_a_link_to_a_session_shows_its_title_its_text_and_its_picture(client):
    released()
    talk = talk_named("Talk 0")
    visitor = client()
    page = visitor.get(f"{HERE}/talk/{talk.code}/").text
    assert meta(page, "og:title") == "Talk 0"
    assert meta(page, "og:description") == "What happened, and what we learnt from it."
    picture = meta(page, "og:image")
    assert picture == f"http://localhost{HERE}/talk/{talk.code}/card.png"
    assert visitor.get(picture.removeprefix("http://localhost")).mimetype == "image/png"
    assert meta(page, "og:url") == f"http://localhost{HERE}/talk/{talk.code}/"


def test_a_conference_with_very_many_sessions_names_them_on_their_own_pages(client, monkeypatch):
    released()
    monkeypatch.setattr(linked_data, "MOST", 3)
    assert "subEvent" not in linked(client().get(f"{HERE}/schedule/").text)
