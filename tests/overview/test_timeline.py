"""The first page of those who run an edition: where every stage stands, and what comes next."""

from datetime import UTC, datetime

import time_machine

from cfp.access import Role
from cfp.overview.picture import proposals_over_time, so_far
from cfp.submissions.models import SubmissionState
from tests.make import (
    make_assignment,
    make_conference,
    make_decision,
    make_member,
    make_person,
    make_review,
    make_submission,
    make_talk,
)


def edition():
    conference = make_conference(slug="here")
    reviewer = make_member(conference, Role.REVIEWER)
    for n in range(3):
        submission = make_submission(conference, title=f"Idea {n}")
        make_assignment(submission, reviewer)
        if n == 0:
            make_review(submission, reviewer, 5)
    make_submission(conference, state=SubmissionState.DRAFT)
    make_decision(make_submission(conference))
    make_talk(conference)
    return conference, make_member(conference, Role.ORGANISER)


def test_every_stage_says_where_it_stands_and_what_is_next(client):
    _, organiser = edition()
    page = client(organiser).get("/here/team/").text
    assert "1 / 3" in page
    assert "5" in page
    assert "and 1 drafts" in page
    assert "Send the letters" in page


def test_what_waits_is_counted_in_the_navigation(client):
    _, organiser = edition()
    page = client(organiser).get("/here/team/").text
    assert "Reviews" in page
    assert ">2<" in page.replace(" ", "").replace("\n", "")


def test_an_empty_edition_says_what_to_do_first(client):
    conference = make_conference(slug="here")
    page = client(make_member(conference, Role.ORGANISER)).get("/here/team/").text
    assert "No proposals yet" in page


@time_machine.travel(datetime(2027, 1, 15, 12, tzinfo=UTC), tick=False)
def test_the_next_date_is_marked(client):
    _, organiser = edition()
    page = client(organiser).get("/here/team/").text
    now = page.split('class="is-now"')[1].split("</li>")[0]
    assert "The call closes" in now
    assert "28 Feb 2027, 23:59 (UTC+1)" in now


def test_the_overview_needs_at_most_twelve_statements(client):
    conference, organiser = edition()
    for n in range(30):
        make_submission(conference, title=f"More {n}", speakers=[make_person()])
    visitor = client(organiser)
    visitor.get("/here/team/")
    assert len(visitor.statements) <= 12


def test_the_picture_counts_each_day_to_its_end(house):
    with house.test_request_context():
        conference = make_conference()
        days = [datetime(2027, 1, d, 12, tzinfo=UTC) for d in (1, 1, 3)]
        picture = proposals_over_time(days, conference, datetime(2027, 1, 4, tzinfo=UTC))
        assert [row[1] for row in picture.rows[1:]] == ["2", "3"]
        assert so_far([], conference) is None
