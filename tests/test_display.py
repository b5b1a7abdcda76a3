"""How moments and days read, in English and in German."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import g
from flask_babel import force_locale

from cfp import display
from tests.make import make_conference

EVENING = datetime(2027, 2, 18, 22, 59, tzinfo=UTC)


@pytest.fixture
def berlin(db):
    g.conference = make_conference(timezone="Europe/Berlin")


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "18 Feb 2027, 23:59 (UTC+1)"), ("de", "18. Feb. 2027, 23:59 (UTC+1)")],
)
def test_a_moment_is_read_on_the_conferences_clock(berlin, language, text):
    with force_locale(language):
        assert display.moment(EVENING) == text


@pytest.mark.parametrize(
    ("pattern", "english", "german"),
    [
        ("d MMMM y", "10 May 2027", "10. Mai 2027"),
        ("d MMMM", "10 May", "10. Mai"),
        ("EEEE, d MMMM", "Monday, 10 May", "Montag, 10. Mai"),
        ("EEE d MMM", "Mon 10 May", "Mo., 10. Mai"),
        ("EEE", "Mon", "Mo."),
    ],
)
def test_a_day_is_written_as_the_language_writes_it(db, pattern, english, german):
    for language, text in (("en", english), ("de", german)):
        with force_locale(language):
            assert display.day(date(2027, 5, 10), pattern) == text


@pytest.mark.parametrize(
    ("first", "last", "english", "german"),
    [
        (date(2027, 3, 12), date(2027, 3, 12), "12 March 2027", "12. März 2027"),
        (date(2027, 3, 12), date(2027, 3, 13), "12~13 March 2027", "12.~13. März 2027"),
        (
            date(2027, 2, 28),
            date(2027, 3, 1),
            "28 February 2027 ~ 1 March 2027",
            "28. Februar 2027 ~ 1. März 2027",
        ),
    ],
)
def test_the_days_of_a_conference_are_a_span(db, first, last, english, german):
    for language, text in (("en", english), ("de", german)):
        with force_locale(language):
            assert display.span(first, last) == text.replace("~", "\N{EN DASH}")


def test_a_day_near_midnight_is_the_one_at_the_conference(berlin):
    with force_locale("en"):
        assert display.day(datetime(2027, 2, 18, 23, 30, tzinfo=UTC)) == "19 February 2027"


def test_no_moment_reads_as_nothing(db):
    assert display.moment(None) == display.day(None) == ""
