"""The schedule as visitors use it: filtered, at a moment of the conference, after changes."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest

from cfp.site import programme
from tests.site.released import (
    BEFORE,
    HERE,
    NINE,
    content,
    drop,
    entry,
    move,
    pause,
    release,
    released,
    talk_named,
    titles,
)


@pytest.fixture
def at(monkeypatch):
    """``at(moment)``: the clock of the house shows this moment."""

    def show(moment):
        monkeypatch.setattr("cfp.clock.now", lambda: moment)

    return show


def test_every_session_stands_in_the_page_once(client):
    released(talks=6)
    assert sorted(titles(client().get(f"{HERE}/schedule/").text)) == [f"Talk {n}" for n in range(6)]


def test_before_the_conference_nothing_is_now_and_no_day_is_today(client, at):
    released()
    at(BEFORE)
    page = client().get(f"{HERE}/schedule/").text
    assert 'id="now"' not in page
    assert "aria-current" not in page.split("schedule-bar")[1]
    assert "Nothing is on" in client().get(f"{HERE}/schedule/now/").text


def test_during_the_conference_the_page_says_what_is_on_and_what_comes_next(client, at):
    released()
    at(NINE + timedelta(minutes=10))
    page = client().get(f"{HERE}/schedule/").text
    now = page.split('id="now"')[1].split("</section>")[0]
    on, ahead = now.split("<h2>Next")
    assert titles(on) == ["Talk 0", "Talk 1"]
    assert titles(ahead) == ["Talk 2", "Talk 3"]
    assert 'href="#day-2027-05-10" aria-current="date"' in page


def test_days_that_are_over_are_folded(client, at):
    released()
    at(NINE + timedelta(days=1))
    assert "Monday, 10 May is over" in client().get(f"{HERE}/schedule/").text
    asked = client().get(f"{HERE}/schedule/?day=2027-05-10").text
    assert "is over" not in asked  # who asks for a day sees it


def test_a_moved_session_says_where_it_was(client):
    conference = released()
    move("Talk 2", 200)
    release(conference, "1.1")
    visitor = client()
    page = visitor.get(f"{HERE}/schedule/").text
    assert page.count("before: Mon 10 May 09:40, Room 0") == 1
    code = talk_named("Talk 2").code
    assert "before: Mon 10 May 09:40, Room 0" in visitor.get(f"{HERE}/talk/{code}/").text
    assert "before:" not in visitor.get(f"{HERE}/schedule/v/1.0/").text


def test_a_moved_session_is_still_marked_a_version_later(client):
    conference = released()
    move("Talk 2", 200)
    release(conference, "1.1")
    move("Talk 3", 200)
    release(conference, "1.2")
    assert client().get(f"{HERE}/schedule/").text.count("before: Mon 10 May") == 2


def test_a_cancelled_session_stays_in_its_place_and_says_so(client):
    conference = released()
    code = talk_named("Talk 3").code
    drop("Talk 3")
    release(conference, "1.1")
    visitor = client()
    page = visitor.get(f"{HERE}/schedule/").text
    assert re.search(r'<li class="talk [^"]*room-2[^"]*is-cancelled[^"]*" data-code="' + code, page)
    assert "<b>Cancelled:</b>" in page
    assert "has been cancelled" in visitor.get(f"{HERE}/talk/{code}/").text


def test_a_cancelled_session_steps_aside_for_the_one_that_has_its_place(client):
    conference = released()
    drop("Talk 1")
    move("Talk 3", -40)
    release(conference, "1.1")
    page = client().get(f"{HERE}/schedule/").text
    code = talk_named("Talk 1").code
    assert re.search(r'<li class="talk [^"]*is-beside[^"]*" data-code="' + code, page)


def test_breaks_show_between_sessions_but_not_among_what_was_searched(client):
    conference = released()
    pause(conference, "Coffee", 100)
    release(conference, "1.1")
    visitor = client()
    assert "Coffee" in visitor.get(f"{HERE}/schedule/").text
    assert "Coffee" not in visitor.get(f"{HERE}/schedule/?q=talk").text


def test_the_booklet_has_every_text(client):
    released()
    page = client().get(f"{HERE}/schedule/booklet/").text
    assert page.count("What happened, and what we learnt from it.") == 4
    assert f'id="{talk_named("Talk 0").code}"' in page


def test_a_page_is_valid_in_german(client):
    released()
    page = client().get(f"{HERE}/schedule/?lang=de").text
    assert '<html lang="de"' in page
    assert "Montag, 10. Mai" in page


# The thought behind it


def test_a_session_after_midnight_belongs_to_the_evening_before():
    (day,) = programme.days(content(entry("2027-05-11T01:30+02:00")))
    assert day.date == date(2027, 5, 10)


def test_only_rooms_in_use_have_a_column():
    (day,) = programme.days(content(entry("2027-05-10T09:00+02:00", room_id=2)))
    assert [room["name"] for room in day.rooms] == ["Attic"]
    assert day.entries[0].column == 1


@pytest.mark.parametrize(
    ("moment", "now", "following"),
    [
        ("2027-05-09T20:00+02:00", None, None),
        ("2027-05-09T21:00+02:00", [], ["a"]),
        ("2027-05-10T09:00+02:00", ["a"], ["b", "c"]),
        ("2027-05-10T09:39+02:00", ["a"], ["b", "c"]),
        ("2027-05-10T09:40+02:00", [], ["b", "c"]),
        ("2027-05-10T10:10+02:00", ["b", "c"], []),
        ("2027-05-10T10:40+02:00", None, None),
    ],
)
def test_what_is_on_ends_with_its_last_minute(moment, now, following):
    made = content(
        entry("2027-05-10T09:00+02:00", id=1, title="a"),
        entry("2027-05-10T10:00+02:00", id=2, title="b"),
        entry("2027-05-10T10:00+02:00", id=3, title="c", room_id=2),
    )
    found = programme.now_and_next(programme.days(made), datetime.fromisoformat(moment))
    shown = (None, None)
    if found is not None:
        shown = ([e.title for e in found.now], [e.title for e in found.next])
    assert shown == (now, following)
