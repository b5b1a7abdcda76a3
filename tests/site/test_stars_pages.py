"""Stars in the browser: with scripts and without, as a stranger and signed in."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from cfp.access import Role
from cfp.db import transaction
from cfp.site.views import stars as stars_views
from cfp.stars import counting
from cfp.stars.models import StarList
from tests.conftest import NOW
from tests.interop.calendars import parse
from tests.make import make_conference, make_member, make_person
from tests.site.released import HERE, drop, move, release, released, talk_named
from tests.visitor import rows

JSON = {"Accept": "application/json"}
SET = f"{HERE}/schedule/stars/"


def code(number):
    return talk_named(f"Talk {number}").code


def starred(visitor):
    return set(visitor.get(f"{SET}mine.json").json["stars"])


def test_who_only_reads_gets_no_cookie_and_pages_that_stay_the_same(client):
    released()
    for path in ("schedule/", f"talk/{code(0)}/"):
        first = client().get(f"{HERE}/{path}")
        assert "Set-Cookie" not in first.headers
        assert first.headers["ETag"] == client().get(f"{HERE}/{path}").headers["ETag"]


def test_without_scripts_a_session_is_starred_by_two_presses(client):
    released()
    visitor = client()
    page = visitor.get(f"{HERE}/talk/{code(0)}/").text
    assert f'href="{HERE}/talk/{code(0)}/star/"' in page
    form = visitor.get(f"{HERE}/talk/{code(0)}/star/").text
    assert f'name="add" value="{code(0)}"' in form
    visitor.post(SET, {"add": code(0)})
    assert "Talk 0" in visitor.get(SET).text
    assert f'name="remove" value="{code(0)}"' in visitor.get(f"{HERE}/talk/{code(0)}/star/").text


def test_a_script_sends_what_was_pressed_and_hears_what_is_kept(client):
    released()
    visitor = client()
    answer = visitor.post(SET, {"add": f"{code(0)} {code(1)}"}, status=200, headers=JSON)
    assert set(answer.json["stars"]) == {code(0), code(1)}
    cookie = answer.headers["Set-Cookie"]
    assert f"Path={HERE}/" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    answer = visitor.post(SET, {"remove": code(0)}, status=200, headers=JSON)
    assert answer.json["stars"] == [code(1)]
    assert starred(visitor) == {code(1)}
    assert starred(client()) == set()


@pytest.mark.parametrize("codes", ["", "NOBODY", "\x00", "x " * 3000, "ÄÖÜ 雪"])
def test_what_names_no_session_stars_nothing(client, codes):
    released()
    visitor = client()
    visitor.post(SET, {"add": codes})
    assert starred(visitor) == set()


def test_the_stars_of_a_browser_go_over_to_the_account(client):
    released()
    person = make_person()
    stranger = client()
    stranger.post(SET, {"add": code(0)})
    secret = stranger.browser.get_cookie("stars", path=f"{HERE}/").value
    visitor = client(person)
    visitor.browser.set_cookie("stars", secret, path=f"{HERE}/")
    assert starred(visitor) == {code(0)}
    visitor.post(SET, {"add": code(1)})
    assert visitor.browser.get_cookie("stars", path=f"{HERE}/") is None
    assert starred(client(person)) == {code(0), code(1)}
    assert rows(StarList) == 1


def test_the_page_says_what_overlaps_and_how_much_is_possible(client):
    released()
    visitor = client()
    visitor.post(SET, {"add": f"{code(0)} {code(1)} {code(2)}"})
    page = visitor.get(SET).text
    assert "You can hear 2 of the 3 sessions you starred" in page
    assert "“Talk 0” and “Talk 1” overlap" in page
    visitor.post(SET, {"remove": code(1)})
    page = visitor.get(SET).text
    assert "You can hear all 2 sessions" in page
    assert "overlap" not in page


def calendar_of(visitor):
    """The address that the page shows once."""
    visitor.post(f"{SET}calendar")
    page = visitor.get(SET).text
    address = re.search(r'value="(http://localhost/demo/stars/[^"]+\.ics)"', page)[1]
    assert address not in visitor.get(SET).text
    return urlsplit(address).path


def test_a_calendar_under_a_secret_address_follows_the_stars(client):
    conference = released()
    visitor = client()
    visitor.post(SET, {"add": f"{code(0)} {code(3)}"})
    path = calendar_of(visitor)

    def titles():
        calendar = parse(client().get(path).data)
        return {e.text("SUMMARY"): e.value("STATUS") for e in calendar.all("VEVENT")}

    assert titles() == {"Talk 0": "CONFIRMED", "Talk 3": "CONFIRMED"}
    visitor.post(SET, {"add": code(1)})
    drop("Talk 3")
    move("Talk 2", 60)
    release(conference, "1.1")
    assert titles() == {"Talk 0": "CONFIRMED", "Talk 1": "CONFIRMED", "Talk 3": "CANCELLED"}


def test_an_unchanged_calendar_is_not_sent_twice(client):
    released()
    visitor = client()
    visitor.post(SET, {"add": code(0)})
    path = calendar_of(visitor)
    tag = visitor.get(path).headers["ETag"]
    assert client().get(path, status=304, headers={"If-None-Match": tag}).data == b""


def test_a_secret_that_nobody_has_opens_nothing(client):
    released()
    visitor = client()
    visitor.post(SET, {"add": code(0)})
    old = calendar_of(visitor)
    calendar_of(visitor)
    client().get(old, status=404)
    client().get(f"{HERE}/stars/guessed.ics", status=404)
    make_conference(slug="other")
    client().get(old.replace(HERE, "/other"), status=404)


def test_forgetting_takes_back_stars_cookie_and_calendar(client):
    released()
    visitor = client()
    visitor.post(SET, {"add": code(0)})
    path = calendar_of(visitor)
    visitor.post(f"{SET}forget")
    assert rows(StarList) == 0
    assert visitor.browser.get_cookie("stars", path=f"{HERE}/") is None
    client().get(path, status=404)


def test_a_machine_makes_no_endless_number_of_lists(client, monkeypatch):
    released()
    monkeypatch.setattr(stars_views, "NEW_LISTS", 3)
    for _ in range(3):
        client().post(SET, {"add": code(0)})
    client().post(SET, {"add": code(0)}, status=409)
    assert rows(StarList) == 3


def test_stars_are_sent_with_a_token_only(client):
    released()
    visitor = client()
    visitor.get(f"{HERE}/schedule/")
    assert visitor.browser.post(SET, data={"add": code(0)}).status_code == 400


def test_organisers_see_numbers_and_never_small_ones(client):
    conference = released()
    organiser = make_member(conference, Role.ORGANISER)
    page = client(organiser).get(f"{HERE}/team/programme/audience/").text
    assert "No stars yet" in page
    for _ in range(4):
        client().post(SET, {"add": code(0)})
    with transaction():
        counting.count(conference.id, NOW)
    page = client(organiser).get(f"{HERE}/team/programme/audience/").text
    assert "fewer than 5" in page
    assert "under 5" in page
    client().post(SET, {"add": code(0)})
    with transaction():
        counting.count(conference.id, NOW)
    page = client(organiser).get(f"{HERE}/team/programme/audience/").text
    assert "fewer than 5" not in page
    assert re.search(r'data-label="Stars">5<', page)
