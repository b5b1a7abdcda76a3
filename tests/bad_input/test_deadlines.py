"""Deadlines to the second, on the conference's clock, wherever the server and its readers are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html import escape
from zoneinfo import ZoneInfo

import pytest
import time_machine

from cfp.access import Role
from cfp.db import db as database
from cfp.reviews.models import Bid, Review
from cfp.submissions.models import Submission, SubmissionState
from tests.bad_input.house import dump_of
from tests.make import (
    make_assignment,
    make_conference,
    make_format,
    make_member,
    make_person,
    make_review,
    make_submission,
    make_track,
)
from tests.visitor import rows

SECOND = timedelta(seconds=1)
OPENS, CLOSES, DUE = "2027-01-31T00:00", "2027-02-10T23:59", "2027-03-28T02:30"
# Where the conference is, when "10 February, 23:59" is over there, and where the server stands.
ZONES = {
    "Asia/Kolkata": (datetime(2027, 2, 10, 18, 30, tzinfo=UTC), "America/Los_Angeles"),
    "Etc/GMT+12": (datetime(2027, 2, 11, 12, 0, tzinfo=UTC), "Pacific/Kiritimati"),
    "Pacific/Chatham": (datetime(2027, 2, 10, 10, 15, tzinfo=UTC), "Etc/GMT+12"),
    "Europe/Berlin": (datetime(2027, 2, 10, 23, 0, tzinfo=UTC), "Asia/Kathmandu"),
}


@pytest.fixture
def at():
    """``at(moment, zone)``: it is then, and the server's own clock hangs in that zone."""
    travels = []

    def move(moment, zone="UTC"):
        while travels:
            travels.pop().stop()
        travels.append(time_machine.travel(moment.astimezone(ZoneInfo(zone)), tick=False))
        travels[-1].start()

    yield move
    while travels:
        travels.pop().stop()


@pytest.fixture(params=ZONES)
def edition(request, client, at):
    """Its deadlines were typed by an organiser who looks at the conference's clock."""
    zone = request.param
    edition = make_conference(slug="here", timezone=zone, call_opens_at=None, call_closes_at=None)
    make_format(edition)
    make_track(edition)
    at(datetime(2027, 1, 29, tzinfo=UTC), ZONES[zone][1])
    typed = {"call_opens_at": OPENS, "call_closes_at": CLOSES, "reviews_due_at": CLOSES}
    more = {"reviews_each": "3", "raster_minutes": "5", "walk_minutes": "0", "blind": "y"}
    organiser = client(make_member(edition, Role.ORGANISER))
    organiser.post("/here/team/settings/deadlines", typed | more)
    page = organiser.get("/here/team/settings/deadlines").text
    assert f'value="{CLOSES}"' in page
    database.session.refresh(edition)
    return edition


@pytest.fixture
def over(edition):
    """The first moment after the last second of the call and of the reviews."""
    return ZONES[edition.timezone][0]


@pytest.fixture
def elsewhere(edition):
    return ZONES[edition.timezone][1]


def proposal(edition, **more):
    """What a speaker sends who hands in "Snow"."""
    return {
        "key": "1",
        "version": "0",
        "title": "Snow & <ice>",
        "abstract": "It fell all night.",
        "notes": "I bring a shovel.",
        "invite": "co@example.org",
        "format_id": str(edition.formats[0].id),
        "track_id": str(edition.tracks[0].id),
        "language": "en",
        "hand_in": "1",
    } | more


def refused(house, visitor, url, typed, sentence, status=422):
    """Sent in vain: the sentence, every typed word, and a database that is as it was."""
    visitor.get("/")
    before = dump_of(house)
    page = visitor.post(url, typed, status=status).text
    assert sentence in page, page[page.index("<main") :][:3000]
    for words in typed.values():
        assert escape(words) in page or words in page
    assert dump_of(house) == before


def mine():
    return database.session.query(Submission).one()


def test_the_last_second_of_the_call_counts(client, edition, over, elsewhere, at):
    at(over - SECOND / 1000, elsewhere)
    visitor = client(make_person())
    visitor.post("/here/proposals/new", proposal(edition))
    assert (mine().title, mine().state) == ("Snow & <ice>", SubmissionState.SUBMITTED)
    again = proposal(edition, title="Hail", version=str(mine().version), invite="")
    visitor.post(f"/here/proposals/{mine().code}/edit", again)
    assert mine().title == "Hail"


def test_one_second_later_nothing_is_taken_and_nothing_is_lost(
    client, house, edition, over, elsewhere, at
):
    at(over, elsewhere)
    visitor = client(make_person())
    typed = proposal(edition)
    words = {name: typed[name] for name in ("title", "abstract", "notes", "invite")}
    for button in ("hand_in", "save"):
        sent = words | {button: "1", "key": "1", "version": "0", "language": "en"}
        refused(house, visitor, "/here/proposals/new", sent, "The call for papers has ended.")


@pytest.mark.parametrize("state", [SubmissionState.DRAFT, SubmissionState.SUBMITTED])
def test_a_page_that_was_opened_in_time_is_not_taken_too_late(
    client, house, edition, over, elsewhere, at, state
):
    at(over - SECOND, elsewhere)
    speaker = make_person()
    submission = make_submission(edition, speakers=[speaker], state=state)
    visitor = client(speaker)
    url = f"/here/proposals/{submission.code}/edit"
    visitor.get(url)
    at(over, elsewhere)
    sent = proposal(edition, version=str(submission.version))
    refused(house, visitor, url, sent, "The call for papers has ended.")


def test_what_is_withdrawn_comes_back_until_the_last_second(
    client, house, edition, over, elsewhere, at
):
    at(over - SECOND, elsewhere)
    speaker = make_person()
    more = {"track_id": edition.tracks[0].id, "speakers": [speaker]}
    early, late = (
        make_submission(edition, state=SubmissionState.WITHDRAWN, **more) for _one in range(2)
    )
    visitor, url = client(speaker), "/here/proposals/{}/restore"
    visitor.post(url.format(early.code))
    at(over, elsewhere)
    sentence = "The call for papers has ended."
    refused(house, visitor, url.format(late.code), {}, sentence, status=409)
    states = [one.state for one in database.session.query(Submission).order_by(Submission.id)]
    assert states == [SubmissionState.SUBMITTED, SubmissionState.WITHDRAWN]


def test_a_proposal_can_be_withdrawn_after_the_deadline_too(client, edition, over, elsewhere, at):
    at(over + 1000 * SECOND, elsewhere)
    speaker = make_person()
    submission = make_submission(edition, speakers=[speaker])
    client(speaker).post(f"/here/proposals/{submission.code}/withdraw")
    assert mine().state is SubmissionState.WITHDRAWN


def test_the_call_opens_on_its_first_second(client, house, edition, elsewhere, at):
    opens = datetime(2027, 1, 31, tzinfo=ZoneInfo(edition.timezone))
    at(opens - SECOND, elsewhere)
    visitor = client(make_person())
    typed = {"title": "Snow", "abstract": "Too early.", "save": "1", "key": "1", "version": "0"}
    typed["language"] = "en"
    refused(house, visitor, "/here/proposals/new", typed, "is not open yet")
    at(opens, elsewhere)
    assert "Propose a talk" in visitor.get("/here/proposals/new?key=1").text
    visitor.post("/here/proposals/new", typed)
    assert mine().title == "Snow"


def test_a_call_without_an_opening_takes_nothing(client, house, edition, elsewhere, at):
    edition.call_opens_at = edition.call_closes_at = None
    visitor = client(make_person())
    typed = {"title": "Snow", "save": "1", "key": "1", "version": "0", "language": "en"}
    refused(house, visitor, "/here/proposals/new", typed, "is not open yet")


@pytest.fixture
def owed(edition):
    """A reviewer, a review that they wrote, and one that they owe."""
    reviewer = make_member(edition, Role.REVIEWER)
    written, unwritten = make_submission(edition), make_submission(edition)
    make_assignment(written, reviewer)
    make_assignment(unwritten, reviewer)
    make_review(written, reviewer, 2)
    return reviewer, written, unwritten


VERDICT = {"score": "5", "for_committee": "I was <there>.", "for_speaker": "More snow & ice."}


def test_a_review_is_taken_until_the_last_second(client, edition, over, elsewhere, owed, at):
    reviewer, *proposals = owed
    at(over - SECOND / 1000, elsewhere)
    visitor = client(reviewer)
    for one in proposals:
        visitor.post(f"/here/reviews/{one.code}/", VERDICT)
    assert [review.score for review in database.session.query(Review)] == [5, 5]


def test_one_second_later_a_review_is_refused_and_its_words_stay(
    client, house, edition, over, elsewhere, owed, at
):
    reviewer, *proposals = owed
    at(over, elsewhere)
    visitor = client(reviewer)
    for one in proposals:
        url = f"/here/reviews/{one.code}/"
        refused(house, visitor, url, VERDICT, "The time for reviews is over.")
    assert [review.score for review in database.session.query(Review)] == [2]


def test_wishes_end_with_the_reviews(client, house, edition, over, elsewhere, owed, at):
    reviewer, *_owed = owed
    url = f"/here/reviews/bids/{make_submission(edition).code}/"
    at(over - SECOND, elsewhere)
    visitor = client(reviewer)
    visitor.post(url, {"value": "yes"})
    at(over, elsewhere)
    refused(house, visitor, url, {"value": "no"}, "over", status=409)
    assert rows(Bid) == 1


def test_a_deadline_in_the_hour_that_a_clock_skips_is_still_a_moment(client, at):
    edition = make_conference(slug="skips", timezone="Europe/Berlin", call_closes_at=None)
    at(datetime(2027, 1, 29, tzinfo=UTC), "Asia/Kolkata")
    organiser = client(make_member(edition, Role.ORGANISER))
    typed = {"call_opens_at": OPENS, "call_closes_at": DUE, "reviews_each": "3"}
    more = {"raster_minutes": "5", "walk_minutes": "0"}
    organiser.post("/skips/team/settings/deadlines", typed | more)
    database.session.refresh(edition)
    assert edition.call_closes_at == datetime(2027, 3, 28, 1, 30, 59, tzinfo=UTC)
