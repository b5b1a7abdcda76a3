"""A line-up before the committee: a vote each, a majority or the chair, and the log says so."""

import re
from dataclasses import replace

import pytest

from cfp.access import Role
from cfp.db import db as database
from cfp.errors import Refused
from cfp.mail.models import Message
from cfp.reviews.models import Selection, Vote
from cfp.reviews.service import voting
from cfp.reviews.service.lineup import Wanted, line_up
from cfp.reviews.service.selection import decide_line_up
from tests.make import make_conference, make_member, make_person, make_review, make_submission
from tests.visitor import rows

WANTED = Wanted(total=1, seed="2027", by_mean=True)


@pytest.fixture
def edition(house):
    with house.test_request_context():
        yield make_conference(slug="b27", talks_wanted=1)


@pytest.fixture
def chair(edition):
    return make_member(edition, Role.CHAIR, make_person("Chiara"))


@pytest.fixture
def members(edition):
    return [make_member(edition, Role.REVIEWER) for _number in range(3)]


@pytest.fixture
def proposals(edition):
    made = [make_submission(edition, title=title) for title in ("Snow", "Ice")]
    for submission, score in zip(made, (5, 3), strict=True):
        make_review(submission, make_person(), score)
    return made


@pytest.fixture
def ballot(edition, chair, members, proposals, now):
    return asked(edition, chair, now)


def asked(edition, chair, at, wanted=WANTED):
    seen = line_up(edition, wanted).fingerprint
    return voting.put_to_vote(edition, wanted, seen=seen, address_of="", by=chair, at=at)


def decided(edition, chair, at, wanted=WANTED):
    seen = line_up(edition, wanted).fingerprint
    kept = decide_line_up(edition, wanted, seen=seen, reasons={}, by=chair, at=at)
    return kept.result["voted"]


def test_everybody_in_the_committee_gets_one_mail(ballot, members):
    assert database.session.query(Message).filter_by(kind="line_up_vote").count() == 4


def test_only_one_vote_is_open_and_only_on_what_was_looked_at(edition, chair, ballot, now):
    with pytest.raises(Refused, match="voting already"):
        asked(edition, chair, now)
    voting.close(ballot, by=chair, at=now)
    with pytest.raises(Refused, match="changed since"):
        voting.put_to_vote(edition, WANTED, seen="other", address_of="", by=chair, at=now)


@pytest.mark.parametrize(
    ("votes", "has_majority"),
    [([], False), ([True], True), ([True, False], False), ([True, True, False], True)],
)
def test_a_majority_is_more_yes_than_no(ballot, chair, members, now, votes, has_majority):
    for yes, member in zip(votes, members, strict=False):
        voting.vote(ballot, yes=yes, by=member, at=now)
    found = voting.close(ballot, by=chair, at=now)
    assert (found.has_majority, found.yes + found.no, found.entitled) == (
        has_majority,
        len(votes),
        4,
    )


def test_the_last_word_of_each_counts_until_the_vote_is_closed(ballot, chair, members, now):
    for yes in (True, False):
        voting.vote(ballot, yes=yes, by=members[0], at=now)
    assert (rows(Vote), voting.count(ballot, 4).yes) == (1, 0)
    voting.close(ballot, by=chair, at=now)
    with pytest.raises(Refused, match="closed"):
        voting.vote(ballot, yes=True, by=members[1], at=now)


def test_while_the_committee_votes_nothing_is_decided(edition, chair, ballot, now):
    with pytest.raises(Refused, match="Close the vote first"):
        decided(edition, chair, now)


def test_the_log_says_what_the_committee_said(edition, chair, ballot, members, now):
    voting.vote(ballot, yes=True, by=members[0], at=now)
    voting.close(ballot, by=chair, at=now)
    found = decided(edition, chair, now)
    assert found == {"yes": 1, "no": 0, "entitled": 4, "majority": True}


def test_where_there_is_no_majority_the_chair_decides_and_the_log_says_so(
    client, edition, chair, ballot, members, now
):
    voting.vote(ballot, yes=False, by=members[0], at=now)
    voting.close(ballot, by=chair, at=now)
    assert decided(edition, chair, now)["majority"] is False
    kept = database.session.query(Selection).one()
    page = client(chair).get(f"/b27/team/selection/log/{kept.id}/").text
    assert "found no majority: 0 for, 1 against, of 4. The chair decided." in page
    assert "flask reviews draw --seed 2027" in page or not kept.result["ties"]


def test_another_line_up_than_the_one_voted_on_was_not_voted_on(edition, chair, ballot, now):
    voting.close(ballot, by=chair, at=now)
    assert decided(edition, chair, now, replace(WANTED, total=2)) is None


def test_from_the_line_up_over_the_vote_to_the_decision(client, edition, chair, members, proposals):
    desk, member = client(chair), client(members[0])
    page = desk.get("/b27/team/selection/decide?total=1&seed=2027").text
    seen = re.search(r'name="seen"[^>]*value="(\w+)"', page)[1]
    desk.post("/b27/team/selection/vote?total=1&seed=2027", {"seen": seen})
    page = member.get("/b27/reviews/vote/").text
    assert "Snow" in page
    assert "0 for" not in page  # what others think comes after one's own vote
    code = re.search(r"/reviews/vote/(\w+)/", page)[1]
    member.post(f"/b27/reviews/vote/{code}/", {"value": "yes"})
    assert "1 for, 0 against, of 4" in member.get("/b27/reviews/vote/").text
    desk.post(f"/b27/team/selection/vote/{code}/close")
    page = desk.get("/b27/reviews/vote/").text
    assert "/team/selection/decide?total=1&amp;seed=2027" in page


def test_of_ones_own_proposal_the_vote_says_nothing(client, edition, chair, now):
    speaker = make_member(edition, Role.REVIEWER)
    make_review(make_submission(edition, title="My own", speakers=[speaker]), make_person(), 5)
    asked(edition, chair, now)
    assert "My own" not in client(speaker).get("/b27/reviews/vote/").text
    assert "My own" in client(chair).get("/b27/reviews/vote/").text
