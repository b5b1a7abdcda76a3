"""The team's list of proposals, one of them, and its decision, in the browser."""

import csv
import io

import pytest

from cfp.access import Role
from cfp.conference.models import Membership
from cfp.db import db as database
from cfp.submissions import service
from cfp.submissions.models import Decision, Outcome, SubmissionState, Talk
from tests.make import (
    make_conference,
    make_decision,
    make_format,
    make_member,
    make_person,
    make_submission,
    make_track,
)
from tests.visitor import rows

LIST = "/here/team/proposals/"


@pytest.fixture
def edition(house):
    return make_conference(slug="here")


@pytest.fixture
def chair(client, edition):
    return client(make_member(edition, Role.CHAIR))


def titles(visitor, query=""):
    """The titles on the list, in its order, as its file has them."""
    text = visitor.get(f"/here/team/proposals.csv{query}").text.removeprefix("\ufeff")
    return [row["title"] for row in csv.DictReader(io.StringIO(text))]


# Who may


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.TREASURER, Role.BOX_OFFICE, Role.CREW])
def test_reviewers_and_helpers_do_not_get_in(client, edition, role):
    code = make_submission(edition).code
    visitor = client(make_member(edition, role))
    for path in (
        "proposals/",
        "proposals.csv",
        f"proposals/{code}/",
        "letters/",
        f"letters/{code}/",
    ):
        visitor.get(f"/here/team/{path}", status=403)
    for path in (f"proposals/{code}/decide", f"proposals/{code}/undo", "letters/send"):
        visitor.post(f"/here/team/{path}", status=403)


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.CHAIR])
def test_who_runs_the_edition_sees_all_but_drafts(client, edition, role):
    for title, state in (("Snow", "submitted"), ("Rain", "withdrawn"), ("Fog", "draft")):
        make_submission(edition, title=title, state=SubmissionState(state))
    make_submission(make_conference(), title="Elsewhere")
    visitor = client(make_member(edition, role))
    assert sorted(titles(visitor)) == ["Rain", "Snow"]
    page = visitor.get(LIST).text
    assert "Fog" not in page
    assert "One draft is not handed in yet" in page


def test_a_draft_or_another_editions_proposal_is_not_found(chair, edition):
    draft = make_submission(edition, state=SubmissionState.DRAFT)
    elsewhere = make_submission(make_conference())
    for code in (draft.code, elsewhere.code, "ZZZZZZ"):
        chair.get(f"{LIST}{code}/", status=404)
        chair.get(f"/here/team/letters/{code}/", status=404)
        chair.post(f"{LIST}{code}/decide", {"outcome": "accept"}, status=404)
    assert rows(Decision) == 0


def test_a_track_chair_sees_the_own_track_even_where_they_speak(client, edition):
    mine, other = make_track(edition, "Mine"), make_track(edition, "Other")
    person = make_member(edition, Role.TRACK_CHAIR)
    database.session.query(Membership).filter_by(person_id=person.id).one().track_id = mine.id
    make_submission(edition, title="Snow", track_id=mine.id)
    own = make_submission(edition, title="Own", track_id=other.id, speakers=[person])
    visitor = client(person)
    assert titles(visitor) == ["Snow"]
    assert titles(visitor, f"?track={other.id}&q=Own") == []
    assert "Own" not in visitor.get(LIST).text.partition("<main")[2]
    visitor.get(f"{LIST}{own.code}/", status=404)
    visitor.get("/here/team/letters/", status=403)
    visitor.post(f"{LIST}{own.code}/decide", {"outcome": "accept"}, status=403)


# The list


def test_an_empty_list_says_how_proposals_come(chair):
    assert "No proposals yet" in chair.get(LIST).text


def test_filters_stand_in_the_address(chair, edition):
    track, _talk = make_track(edition), make_format(edition)
    workshop = make_format(edition, "Workshop", 90)
    kim = make_person("Kim Ökonom")
    snow = make_submission(edition, title="Snow 100%", track_id=track.id)
    rain = make_submission(edition, title="Rain", format_id=workshop.id, speakers=[kim])
    make_submission(edition, title="Fog", state=SubmissionState.WITHDRAWN)
    make_decision(snow, Outcome.WAITLIST)
    for query, found in (
        ("?q=snow", ["Snow 100%"]),
        ("?q=100%25", ["Snow 100%"]),
        ("?q=%25", ["Snow 100%"]),
        ("?q=_", []),
        ("?q=kim", ["Rain"]),
        ("?q=kim+rain", ["Rain"]),
        ("?q=kim+snow", []),
        (f"?q={rain.code.lower()}", ["Rain"]),
        (f"?track={track.id}", ["Snow 100%"]),
        (f"?format={workshop.id}", ["Rain"]),
        ("?state=withdrawn", ["Fog"]),
        ("?outcome=waitlist", ["Snow 100%"]),
        ("?outcome=open&state=submitted", ["Rain"]),
    ):
        assert titles(chair, query) == found, query
        page = chair.get(LIST + query).text.partition("<main")[2]
        assert all(title in page for title in found), query


@pytest.mark.parametrize(
    "query",
    [
        "?track=x",
        "?format=-1",
        "?state=nonsense",
        "?outcome=%00",
        "?sort=;drop",
        "?page=-3",
        "?page=x",
    ],
)
def test_a_strange_address_shows_the_list(chair, edition, query):
    make_submission(edition, title="Snow")
    chair.get(LIST + query)


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("title", ["a", "B", "c"]),
        ("-title", ["c", "B", "a"]),
        ("track", ["B", "a", "c"]),
        ("-outcome", ["B", "c", "a"]),
    ],
)
def test_the_list_is_sorted_by_its_columns(chair, edition, sort, order):
    tracks = {name: make_track(edition, name) for name in ("Alpha", "beta", "Gamma")}
    for title, track, outcome in (
        ("a", "beta", Outcome.ACCEPT),
        ("B", "Alpha", Outcome.WAITLIST),
        ("c", "Gamma", Outcome.REJECT),
    ):
        made = make_submission(edition, title=title, track_id=tracks[track].id)
        make_decision(made, outcome)
    assert titles(chair, f"?sort={sort}") == order


def test_a_hundred_stand_on_a_page_and_few_questions_find_them(chair, edition):
    def fill(number):
        for n in range(number):
            two = [make_person(), make_person()]
            made = make_submission(edition, title=f"Talk {n}", speakers=two)
            if n % 2:
                service.decide(made, Outcome.ACCEPT, by=two[0], at=made.submitted_at)

    fill(3)
    chair.get(LIST)
    few = len(chair.statements)
    fill(108)
    page = chair.get(LIST).text
    assert len(chair.statements) == few <= 12
    assert "Page 1 of 2" in page
    assert page.count('<th scope="row"') == 100
    assert chair.get(f"{LIST}?page=2").text.count('<th scope="row"') == 11
    assert len(titles(chair)) == 111
    assert len(chair.statements) <= 12


def test_the_file_is_no_trap_for_a_spreadsheet(chair, edition):
    make_submission(
        edition,
        title="=HYPERLINK(1)",
        abstract="+49 is a number",
        notes="-1, they say",
        speakers=[make_person("@mila", employer="\tTab")],
    )
    text = chair.get("/here/team/proposals.csv").text.removeprefix("\ufeff")
    [row] = csv.DictReader(io.StringIO(text))
    assert row["title"] == "'=HYPERLINK(1)"
    assert row["speakers"] == "'@mila"
    assert row["abstract"] == "'+49 is a number"
    assert row["notes"] == "'-1, they say"


# One proposal


def test_the_page_of_a_proposal_tells_what_happened_to_it(chair, edition, now):
    mila = make_person("Mila Sommer", employer="Nordwind eG")
    submission = make_submission(edition, title="Snow", notes="Third row.", speakers=[mila])
    service.decide(submission, Outcome.WAITLIST, by=mila, at=now)
    service.decide(submission, Outcome.ACCEPT, by=mila, at=now, reason="A place became free.")
    page = chair.get(f"{LIST}{submission.code}/").text
    for words in ("Nordwind eG", "Third row.", mila.email, "A place became free.", "not told yet"):
        assert words in page
    assert "waiting list → accept" in page


def test_the_chair_decides_and_takes_it_back(chair, edition):
    submission = make_submission(edition)
    place = f"{LIST}{submission.code}"
    chair.post(f"{place}/decide", {"outcome": "accept", "reason": "Good."})
    assert (rows(Decision), rows(Talk)) == (1, 1)
    chair.post(f"{place}/undo")
    assert (rows(Decision), rows(Talk)) == (0, 0)


@pytest.mark.parametrize(
    "wrong", [{}, {"outcome": "maybe"}, {"outcome": "accept", "reason": "x" * 1001}]
)
def test_a_wrong_decision_is_none(chair, edition, wrong):
    submission = make_submission(edition)
    chair.post(f"{LIST}{submission.code}/decide", wrong, status=422)
    assert rows(Decision) == 0


def test_a_decision_about_what_was_withdrawn_is_refused_with_a_sentence(chair, edition):
    submission = make_submission(edition, state=SubmissionState.WITHDRAWN)
    place = f"{LIST}{submission.code}/decide"
    page = chair.post(place, {"outcome": "accept"}, status=409).text
    assert "not in the running" in page


def test_an_organiser_sees_decisions_and_makes_none(client, edition):
    submission = make_submission(edition)
    organiser = client(make_member(edition, Role.ORGANISER))
    assert "/decide" not in organiser.get(f"{LIST}{submission.code}/").text
    organiser.post(f"{LIST}{submission.code}/decide", {"outcome": "accept"}, status=403)
