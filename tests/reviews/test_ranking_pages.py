"""The ranking: every figure, sorted and filtered by the address, for those who may see it."""

import csv
import io
import re
from time import process_time

import pytest
import sqlalchemy as sa

from cfp.access import Role
from cfp.conference.models import Membership
from cfp.db import db as database
from cfp.reviews.models import Review
from cfp.submissions.models import Outcome, Submission, SubmissionState
from tests.make import (
    make_conference,
    make_decision,
    make_format,
    make_member,
    make_person,
    make_review,
    make_submission,
    make_track,
)

URL = "/b27/team/ranking/"


@pytest.fixture
def edition(house):
    return make_conference(slug="b27")


@pytest.fixture
def chair(edition):
    return make_member(edition, Role.CHAIR, make_person("Chiara"))


@pytest.fixture
def desk(client, chair):
    return client(chair)


def scored(edition, title, *scores, **values):
    submission = make_submission(edition, title=title, **values)
    for score in scores:
        make_review(submission, make_person(), score)
    return submission


def titles(page):
    return re.findall(r'<th scope="row"><a href="/b27/team/ranking/\w+/">([^<]+)', page.text)


def test_the_best_stand_first_and_the_unread_last(desk, edition):
    scored(edition, "Unread")
    scored(edition, "Middling", 3, 3, 3)
    scored(edition, "Loved", 5, 5, 4)
    assert titles(desk.get(URL)) == ["Loved", "Middling", "Unread"]


def test_every_figure_of_a_row(desk, edition):
    scored(edition, "Divisive", 5, 5, 1)
    page = desk.get(URL).text
    row = page[page.index("Divisive") :]
    assert "3.67" in row
    assert 'aria-label="Scores: 1, 5, 5"' in row
    assert re.search(r"Would fight for it: Person \d+, Person \d+\.<", row)
    assert re.search(r"Would fight against it: Person \d+\.<", row)


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("title", ["Apple", "bread", "Cake"]),
        ("-title", ["Cake", "bread", "Apple"]),
        ("mean", ["bread", "Cake", "Apple"]),
        ("-count", ["Cake", "bread", "Apple"]),
        ("-spread", ["Cake", "bread", "Apple"]),
        ("-opponents", ["bread", "Apple", "Cake"]),
        ("nonsense", ["Apple", "Cake", "bread"]),
    ],
)
def test_sorting_is_in_the_address(desk, edition, sort, order):
    scored(edition, "bread", 1, 2)
    scored(edition, "Cake", 2, 5, 3)
    scored(edition, "Apple", 5)
    assert titles(desk.get(f"{URL}?sort={sort}")) == order


def test_filters_are_in_the_address_and_combine(desk, edition):
    law, code = make_track(edition, "Law"), make_track(edition, "Code")
    talk, panel = make_format(edition), make_format(edition, "Panel", 60)
    scored(edition, "Law panel", 4, track_id=law.id, format_id=panel.id)
    accepted = scored(edition, "Law talk", 3, track_id=law.id, format_id=talk.id)
    scored(edition, "Code talk", 2, track_id=code.id, format_id=talk.id)
    make_decision(accepted, Outcome.ACCEPT)
    assert titles(desk.get(f"{URL}?track={law.id}")) == ["Law panel", "Law talk"]
    assert titles(desk.get(f"{URL}?format={talk.id}&outcome=open")) == ["Code talk"]
    assert titles(desk.get(f"{URL}?outcome=accept")) == ["Law talk"]
    assert titles(desk.get(f"{URL}?q=LAW+tal")) == ["Law talk"]
    assert "No proposal fits." in desk.get(f"{URL}?track={law.id}&q=code").text


def test_only_what_is_in_the_running_of_this_edition_is_ranked(desk, edition):
    scored(edition, "Here", 3)
    scored(edition, "Withdrawn", 5, state=SubmissionState.WITHDRAWN)
    scored(make_conference(), "Elsewhere", 5)
    assert titles(desk.get(URL)) == ["Here"]


def a_thousand(edition):
    """Proposals with three reviews each by a committee of forty, written without a detour."""
    people = [make_person() for _ in range(40)]
    track = make_track(edition, "Law")
    about = {"conference_id": edition.id, "abstract": "-", "track_id": track.id}
    about |= {"format_id": make_format(edition).id, "state": SubmissionState.SUBMITTED}
    database.session.execute(
        sa.insert(Submission), [about | {"title": f"Number {n:03}"} for n in range(1000)]
    )
    ids = database.session.scalars(sa.select(Submission.id).order_by(Submission.id))
    here = {"conference_id": edition.id}
    reviews = [
        here
        | {"submission_id": one, "person_id": people[(n + k * 7) % 40].id, "score": 1 + n * k % 5}
        for n, one in enumerate(ids)
        for k in (1, 2, 3)
    ]
    database.session.execute(sa.insert(Review), reviews)
    return track


def test_a_thousand_proposals_take_few_statements_and_little_time_and_come_in_pages(desk, edition):
    track = a_thousand(edition)
    asked = f"{URL}?track={track.id}&q=number&sort=-spread"
    seen = [title for page in (1, 2, 20) for title in titles(desk.get(f"{asked}&page={page}"))]
    assert len(seen) == len(set(seen)) == 150
    assert len(desk.statements) <= 12
    assert titles(desk.get(f"{asked}&page=99")) == seen[100:]
    assert min(seconds(lambda: desk.browser.get(asked)) for _ in range(8)) < 0.08


def seconds(look):
    """What it costs this process; the best of several is not what others on the machine do."""
    began = process_time()
    look()
    return process_time() - began


def test_nobody_sees_figures_of_their_own_proposal(desk, edition, chair):
    own = scored(edition, "Mine", 5, speakers=[chair])
    scored(edition, "Other", 4)
    page = desk.get(URL)
    assert titles(page) == ["Other"]
    assert "One proposal of your own is not shown to you." in page.text
    assert "Mine" not in desk.get("/b27/team/ranking.csv").text
    desk.get(f"{URL}{own.code}/", status=404)


def test_a_track_chair_sees_their_track_and_no_other(client, edition):
    law, code = make_track(edition, "Law"), make_track(edition, "Code")
    scored(edition, "On law", 3, track_id=law.id)
    other = scored(edition, "On code", 5, track_id=code.id)
    scored(edition, "On nothing", 5)
    person = make_member(edition, Role.TRACK_CHAIR)
    mine = database.update(Membership).where(Membership.person_id == person.id)
    database.session.execute(mine.values(track_id=law.id))
    visitor = client(person)
    assert titles(visitor.get(URL)) == ["On law"]
    assert titles(visitor.get(f"{URL}?track={code.id}")) == []
    assert "On code" not in visitor.get("/b27/team/ranking.csv").text
    visitor.get(f"{URL}{other.code}/", status=404)
    visitor.get("/b27/team/selection/", status=403)


def test_a_track_chair_without_a_track_sees_nothing(client, edition):
    scored(edition, "On law", 3)
    visitor = client(make_member(edition, Role.TRACK_CHAIR))
    assert titles(visitor.get(URL)) == []


def test_the_csv_has_the_same_rows_and_no_formula(desk, edition):
    scored(edition, "=HYPERLINK(1)", 4)
    scored(edition, "Best", 5, 5)
    answer = desk.get("/b27/team/ranking.csv?sort=-mean")
    table = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [row["title"] for row in table] == ["Best", "'=HYPERLINK(1)"]
    assert (table[0]["mean"], table[0]["reviews"]) == ("5.0000", "2")
    assert answer.mimetype == "text/csv"
    assert 'filename="ranking-b27.csv"' in answer.headers["Content-Disposition"]


def test_all_verdicts_on_one_proposal_with_their_reviewers(desk, edition):
    submission = make_submission(edition, title="Snow", speakers=[make_person("Zoe")])
    make_review(submission, make_person("Marit Solvaag"), 2, for_committee="Thin.")
    page = desk.get(f"{URL}{submission.code}/").text
    for words in ("Snow", "Zoe", "Marit Solvaag", "Thin.", "I would rather see something else"):
        assert words in page
    desk.get(f"{URL}{make_submission().code}/", status=404)


def test_an_empty_ranking_says_what_will_stand_here(desk):
    assert "Nothing to rank yet" in desk.get(URL).text
