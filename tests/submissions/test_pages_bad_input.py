"""Bad input to the form of a proposal: it is said, nothing is kept, nothing typed is lost."""

import pytest

from cfp.db import db as database
from cfp.mail.models import Message
from cfp.people.models import Person
from cfp.submissions.models import Submission, SubmissionState
from tests.make import (
    make_conference,
    make_format,
    make_track,
)
from tests.submissions.typed import form, only
from tests.visitor import rows


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": "\u202e \x00 "},
        {"title": "x" * 400},
        {"abstract": "x" * 5001},
        {"notes": "x" * 2001},
        {"employer": "x" * 121},
        {"format_id": "lecture"},
        {"format_id": "999"},
        {"track_id": "-1"},
        {"level": "genius"},
        {"language": "xx"},
        {"half_0": "perhaps"},
        {"version": "latest"},
        {"version": "²"},
        {"key": "k" * 41},
        {"key": ""},
        {"invite": "nobody"},
        {"invite": "a@example.org, b@"},
        {"remove": "ABCDEF"},
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(visitor, edition, mila, wrong):
    data = form(edition, notes="Typed with care", hand_in="1", employer="New") | wrong
    page = visitor.post("/here/proposals/new", data, status=422).text
    assert "Please check what you entered" in page
    assert "Typed with care" in page or "notes" in wrong
    assert (rows(Submission), rows(Message), rows(Person)) == (0, 0, 1)
    assert database.session.get(Person, mila.id).employer == ""


@pytest.mark.parametrize("lacking", ["abstract", "format_id", "track_id"])
def test_what_the_committee_needs_is_asked_for_at_its_field(visitor, edition, lacking):
    data = form(edition, hand_in="1", invite="new@example.org") | {lacking: ""}
    page = visitor.post("/here/proposals/new", data, status=422).text
    assert f'id="{lacking}-error"' in page
    assert (rows(Submission), rows(Person)) == (0, 1)


def test_a_track_or_format_of_another_edition_is_not_taken(visitor, edition):
    other = make_conference()
    for forged in (
        {"track_id": str(make_track(other).id)},
        {"format_id": str(make_format(other).id)},
    ):
        visitor.post("/here/proposals/new", form(edition) | forged, status=422)
    assert rows(Submission) == 0


def test_without_its_token_nothing_happens(visitor, edition):
    assert visitor.browser.post("/here/proposals/new", data=form(edition)).status_code == 400
    assert rows(Submission) == 0


def test_fields_that_the_form_does_not_have_are_not_written(visitor, edition, mila):
    forged = {"state": "submitted", "code": "AAAAAA", "conference_id": "99", "is_admin": "1"}
    visitor.post("/here/proposals/new", form(edition) | forged)
    assert (only().state, only().conference_id) == (SubmissionState.DRAFT, edition.id)
    assert only().code != "AAAAAA"


def test_what_people_write_is_text_and_no_page(visitor, edition):
    visitor.post("/here/proposals/new", form(edition, title="<script>x</script>", notes="<b>n</b>"))
    for path in ("/here/my/", f"/here/proposals/{only().code}/"):
        page = visitor.get(path).text
        assert "<script>x" not in page
        assert "<b>n" not in page
