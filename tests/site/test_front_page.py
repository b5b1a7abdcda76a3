"""The front page: one action that fits the day, the programme at a glance, and who links to it."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

from PIL import Image

from cfp.site import card, programme
from tests.make import make_conference
from tests.site.released import BEFORE, HERE, NINE, content, entry, released


def sessions(page: str) -> list[str]:
    """What the page shows from the programme."""
    return re.findall(r"</time><div><a [^>]*>([^<]*)<", page)


def test_one_stage_stands_for_the_programme_and_everybody_who_speaks_is_named(client):
    released(talks=6)
    page = client().get(f"{HERE}/").text
    assert sessions(page) == ["Talk 0", "Talk 2", "Talk 4"]  # no seats are known: the first room
    assert "All 6 sessions" in page
    assert [f"Speaker {n}" in page for n in range(6)] == [True] * 6


def test_a_stage_is_the_room_that_seats_most_and_what_is_on_there():
    rooms = [{"id": 1, "name": "Hall", "capacity": 20}, {"id": 2, "name": "Attic", "capacity": 90}]
    made = content(
        entry("2027-05-10T09:00+02:00", id=1, title="small"),
        *(
            entry(f"2027-05-10T{hour}:00+02:00", id=hour, title=str(hour), room_id=2)
            for hour in (10, 11, 12)
        ),
        entry("2027-05-11T09:00+02:00", id=5, title="only"),
        rooms=rooms,
    )
    shown = programme.main_stage(programme.days(made), 2)
    assert [[e.title for e in entries] for _day, entries in shown] == [["10", "11"], ["only"]]


def test_while_it_runs_the_first_thing_is_what_is_on(client, monkeypatch):
    released()
    monkeypatch.setattr("cfp.clock.now", lambda: BEFORE)
    page = client().get(f"{HERE}/").text
    assert "See the schedule" in page
    assert 'id="now"' not in page
    monkeypatch.setattr("cfp.clock.now", lambda: NINE + timedelta(minutes=10))
    page = client().get(f"{HERE}/").text
    assert "What is on today" in page
    assert page.index('id="now"') < page.index("From the programme")
    monkeypatch.setattr("cfp.clock.now", lambda: NINE + timedelta(days=1))
    assert sessions(client().get(f"{HERE}/").text) == []  # what is over is not looked forward to


def test_before_there_is_a_schedule_it_is_an_event_with_a_picture(client):
    make_conference(slug="demo", name="Snow Days", tagline="Cold.", city="Kiel", accent=30)
    visitor = client()
    page = visitor.get(f"{HERE}/").text
    assert "From the programme" not in page
    assert '"@type":"Event","name":"Snow Days"' in page
    (address,) = re.findall(r'<meta property="og:image" content="http://localhost([^"]*)"', page)
    answer = visitor.get(address)
    picture = Image.open(BytesIO(answer.data))
    assert (answer.mimetype, picture.size) == ("image/png", (1200, 630))


def test_a_picture_has_the_colour_that_is_nearest_to_the_conferences_own():
    assert card.colour_of(255) == card.TRACK_COLOURS[0]
    assert card.colour_of(350) == card.colour_of(0) == card.TRACK_COLOURS[6]
    assert card.colour_of(30) == card.TRACK_COLOURS[1]
