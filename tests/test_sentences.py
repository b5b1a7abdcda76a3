"""What nouns say is English where nobody translates it, and each reader's language on a page."""

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from flask_babel import force_locale

from cfp.display import said
from cfp.sentences import joined, moment, restored, say, stored
from tests.schedule.edition import Edition

NOON = datetime(2027, 5, 10, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))


def parallel():
    why = say("they belong to one track")
    return say(
        "%(a)s and %(b)s run in parallel on %(begin)s: %(why)s.",
        a="“A”",
        b="“B 100 %”",
        begin=moment(NOON),
        why=why,
    )


def test_a_sentence_is_its_english_text():
    assert (
        parallel() == "“A” and “B 100 %” run in parallel on Monday 12:00: they belong to one track."
    )


def test_a_page_shows_it_in_the_readers_language_down_to_its_parts(db):
    with force_locale("de"):
        assert said(parallel()) == (
            "“A” und “B 100 %” laufen am Montag 12:00 parallel: sie gehören zum selben Track."
        )
    with force_locale("en"):
        assert said(parallel()) == parallel()


@pytest.mark.parametrize(
    ("shape", "german"), [("day", "Montag"), ("time", "12:00"), ("day and time", "Montag 12:00")]
)
def test_moments_read_in_the_readers_language(db, shape, german):
    with force_locale("de"):
        assert said(moment(NOON, shape)) == german


def test_a_day_without_a_time_is_a_moment_too(db):
    with force_locale("de"):
        assert said(moment(date(2027, 5, 11), "day")) == "Dienstag"


def test_several_values_are_listed(db):
    told = say(
        "%(talks)s are in %(room)s at the same time on %(begin)s.",
        talks=("A", "B", "C"),
        room="R",
        begin=moment(NOON),
    )
    assert told.startswith("A and B and C are in R")
    with force_locale("de"):
        assert said(told).startswith("A, B und C sind")


def test_what_is_kept_as_json_is_translated_when_it_is_read(db):
    kept = json.loads(
        json.dumps(
            stored(
                joined(
                    [
                        say("Only one reviewer %(who)s remains.", who=say("without a conflict")),
                        "As it is.",
                    ]
                )
            )
        )
    )
    assert restored(kept) == "Only one reviewer without a conflict remains. As it is."
    with force_locale("de"):
        assert said(kept) == "Es bleibt nur ein Reviewer ohne Interessenkonflikt. As it is."
    assert said("An old text.") == "An old text."


def test_the_draft_names_its_clashes_in_german(client):
    edition = Edition()
    edition.place(talk=1, hour=10)
    edition.place(talk=2, hour=10, minute=20)
    edition.organiser.language = "de"
    page = client(edition.organiser).get(edition.url("draft/")).text
    assert "sind am Montag 10:20 gleichzeitig in Room 1" in page
    assert "at the same time" not in page
