"""What a visitor wants to see of the schedule: several values at once, counted, in the address."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfp.site import wanted
from cfp.submissions.models import Level
from tests.interop.calendars import parse
from tests.make import make_format
from tests.site.released import HERE, content, entry, release, released, talk_named, titles


@pytest.fixture
def varied(client):
    """Six sessions in two rooms; one is a workshop, one is in German, one for beginners."""
    conference = released(talks=6)
    talk_named("Talk 3").format = make_format(conference, "Workshop")
    talk_named("Talk 2").language = "de"
    talk_named("Talk 1").submission.level = Level.BEGINNER
    talk_named("Talk 4").submission.level = Level.ADVANCED
    release(conference, "1.1")
    return conference, client()


def test_every_filter_stands_in_the_address_and_they_go_together(varied):
    conference, visitor = varied

    def found(query):
        return sorted(titles(visitor.get(f"{HERE}/schedule/?{query}").text))

    room, other = conference.rooms[1].id, conference.rooms[0].id
    assert found(f"room={room}") == ["Talk 1", "Talk 3", "Talk 5"]
    assert found(f"room={room}&room={other}") == [f"Talk {n}" for n in range(6)]
    assert found("language=de") == ["Talk 2"]
    assert found("format=Workshop") == ["Talk 3"]
    assert found("level=beginner&level=advanced") == ["Talk 1", "Talk 4"]
    assert found(f"level=beginner&level=advanced&room={room}") == ["Talk 1"]
    assert found(f"format=Workshop&room={room}") == ["Talk 3"]
    assert found(f"language=de&room={room}") == []
    assert found("q=speaker+4") == ["Talk 4"]
    assert found("day=2027-05-10") == [f"Talk {n}" for n in range(6)]
    assert found("day=2027-05-11") == []


def test_what_is_chosen_is_kept_counted_and_taken_away_by_one_press(varied):
    conference, visitor = varied
    room, other = (room.id for room in conference.rooms)
    page = visitor.get(f"{HERE}/schedule/?room={room}&room={other}&language=en&q=talk").text
    assert "<b>5 sessions</b>" in page
    assert len(re.findall(r'name="room" value="\d+" checked', page)) == 2
    chips = re.findall(r'class="filter-chip" href="([^"]*)"', page)
    assert [chip.removeprefix(f"{HERE}/schedule/?").replace("&amp;", "&") for chip in chips] == [
        f"language=en&room={room}&room={other}",
        f"q=talk&room={room}&room={other}",
        f"q=talk&language=en&room={other}",
        f"q=talk&language=en&room={room}",
    ]


def test_the_chosen_go_into_a_calendar_that_follows_them(varied):
    _conference, visitor = varied
    page = visitor.get(f"{HERE}/schedule/?level=beginner&language=en").text
    (address,) = re.findall(rf'href="({HERE}/schedule.ics\?[^"]*)"', page)
    calendar = parse(visitor.get(address.replace("&amp;", "&")).data)
    assert [event.text("SUMMARY") for event in calendar.all("VEVENT")] == ["Talk 1"]
    assert calendar.value("SOURCE") == f"http://localhost{address.replace('&amp;', '&')}"


def test_what_the_release_does_not_know_finds_nothing_and_can_be_taken_away(client):
    released()
    page = client().get(f"{HERE}/schedule/?track=999&day=yesterday").text
    assert "No session fits" in page
    assert f'href="{HERE}/schedule/?track=999"' in page


def test_what_does_not_vary_is_no_filter(client):
    released(rooms=1)
    page = client().get(f"{HERE}/schedule/").text
    assert 'name="q"' in page
    for name in wanted.FILTERS:
        assert f'name="{name}"' not in page


# The thought behind it


def test_whatever_else_stands_in_an_address_is_no_filter():
    assert not wanted.read({"utm_source": ["x"], "lang": ["de"], "q": [" "], "track": [""]})


def test_a_filter_is_cut_at_what_nobody_types():
    read = wanted.read({"q": ["x" * 500], "track": [str(n) for n in range(500)]})
    assert (len(read.q), len(read.chosen["track"])) == (wanted.LONGEST, wanted.MOST)


TALKS = st.builds(
    lambda day, track, form, level, language, room, words: entry(
        f"2027-05-1{day}T09:00+02:00",
        track_id=track,
        format=form,
        level=level,
        language=language,
        room_id=room,
        title=words,
    ),
    *(st.integers(0, 2), st.sampled_from([None, 1, 2]), st.sampled_from(["Talk", "Lab"])),
    *(st.sampled_from(["", "beginner"]), st.sampled_from(["en", "de"]), st.integers(1, 2)),
    st.sampled_from(["Snow", "Ice", "Snow and ice"]),
)
ASKED = st.fixed_dictionaries(
    {},
    optional={
        "q": st.lists(st.sampled_from(["snow", "ICE snow"]), max_size=1),
        "day": st.lists(st.sampled_from(["2027-05-10", "2027-05-11", "never"])),
        "track": st.lists(st.sampled_from(["1", "2"])),
        "format": st.lists(st.sampled_from(["Talk", "Lab"])),
        "level": st.lists(st.just("beginner")),
        "room": st.lists(st.sampled_from(["1", "2"])),
    },
)


@settings(max_examples=60, deadline=None)
@given(st.lists(TALKS, max_size=8), st.lists(TALKS, max_size=2), ASKED)
def test_each_value_says_how_many_one_would_find_by_it_alone_of_its_kind(talks, gone, asked):
    made, chosen = content(*talks, cancelled=gone), wanted.read(asked)
    found = wanted.look(made, chosen)
    for name in wanted.FILTERS:
        for value in ["1", "2", "Talk", "Lab", "beginner", "en", "de", "2027-05-10"]:
            alone = wanted.Wanted(chosen.q, {**chosen.chosen, name: (value,)})
            assert found.counts[name][value] == len(wanted.look(made, alone).talks)
    by_hand = [talk for talk in talks + gone if fits(talk, asked)]
    assert found.talks == by_hand


def fits(talk, asked):
    """The same, said once more and slowly."""
    has = {"day": talk["starts_at"][:10], "track": str(talk["track_id"]), "room": "x"}
    has |= {"room": str(talk["room_id"]), "format": talk["format"], "level": talk["level"]}
    words = " ".join(asked.get("q", [])).lower().split()
    return all(word in talk["title"].lower() for word in words) and all(
        has[name] in values for name, values in asked.items() if values and name != "q"
    )


@settings(max_examples=30, deadline=None)
@given(ASKED)
def test_an_address_says_the_same_when_it_is_read_again(asked):
    chosen = wanted.read(asked)
    assert wanted.read(parse_qs(chosen.query)) == chosen
    for name, values in chosen.chosen.items():
        for value in values:
            less = chosen.without(name, value)
            assert value not in less.chosen.get(name, ())
            assert len(less.query) < len(chosen.query)
