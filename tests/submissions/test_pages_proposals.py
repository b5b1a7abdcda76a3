"""Writing a proposal in the browser: nothing typed is lost, nothing is half done."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from cfp.db import db as database
from cfp.invited.models import Invitation
from cfp.mail.models import Message
from cfp.people.models import Person
from cfp.submissions.models import Availability, Degree, Speaker, Submission, SubmissionState
from tests.make import (
    make_conference,
    make_decision,
    make_person,
    make_submission,
)
from tests.submissions.typed import form, only
from tests.visitor import rows

# From an idea to a proposal


def test_a_title_is_enough_for_a_draft(visitor, edition):
    visitor.get("/here/proposals/new?key=1")
    visitor.post("/here/proposals/new", {"key": "1", "version": "0", "title": "Snow", "save": "1"})
    assert (only().title, only().state) == ("Snow", SubmissionState.DRAFT)
    assert "Finish it and hand it in" in visitor.get("/here/my/").text


def test_the_way_back_leads_to_what_was_begun(visitor, edition):
    address = visitor.get("/here/proposals/new", status=302).location
    key = address.partition("?key=")[2]
    assert key in visitor.get(address).text
    visitor.post("/here/proposals/new", form(edition, key=key))
    assert visitor.get(address, status=302).location == f"/here/proposals/{only().code}/edit"


def test_handing_in_makes_a_proposal_and_mails_a_receipt(visitor, edition, mila):
    page = visitor.post("/here/proposals/new", form(edition, hand_in="1"))
    assert page.location == f"/here/proposals/{only().code}/"
    assert only().state is SubmissionState.SUBMITTED
    assert database.session.query(Message).one().to == mila.email
    assert "It falls." in visitor.get(page.location).text


def test_everything_typed_is_kept(visitor, edition, mila):
    visitor.post(
        "/here/proposals/new",
        form(
            edition,
            level="advanced",
            language="de",
            notes="Third row, please.",
            travel_support="y",
            travel_sponsor="y",
            employer="Nordwind eG",
            half_0="no",
            half_3="if_need_be",
            invite="joana@example.org; Kim@Example.org ,",
        ),
    )
    found = only()
    assert (found.level.value, found.language, found.notes) == (
        "advanced",
        "de",
        "Third row, please.",
    )
    assert found.travel_support
    assert found.travel_sponsor
    assert database.session.get(Person, mila.id).employer == "Nordwind eG"
    degrees = [a.degree for a in database.session.query(Availability).order_by("starts_at")]
    assert degrees == [Degree.NO, Degree.IF_NEED_BE]
    assert [speaker.person for speaker in found.speakers] == [mila]
    invited = [one.email for one in database.session.query(Invitation)]
    assert sorted(invited) == ["joana@example.org", "kim@example.org"]


def test_the_form_comes_back_as_it_was_saved(visitor, edition):
    visitor.post("/here/proposals/new", form(edition, half_0="no", level="advanced"))
    page = visitor.get(f"/here/proposals/{only().code}/edit").text
    assert 'value="Snow"' in page
    assert re.search(r'name="half_0"[^>]*value="no" checked', page)
    assert re.search(r'<option selected value="advanced"', page)


def test_a_co_speaker_sees_it_on_their_own_desk_and_may_change_it(visitor, client, edition):
    visitor.post("/here/proposals/new", form(edition))
    one, proposal = make_person(), only()
    proposal.speakers.append(Speaker(person=one, position=1))
    joana = client(one)
    assert "Snow" in joana.get("/here/my/").text
    place = f"/here/proposals/{only().code}"
    joana.post(f"{place}/edit", form(edition, version="1", title="Ice"))
    assert only().title == "Ice"
    joana.post(f"{place}/leave")
    joana.get(f"{place}/", status=404)


def test_a_double_click_makes_one_proposal(visitor, edition):
    first = visitor.post("/here/proposals/new", form(edition, hand_in="1"))
    second = visitor.post("/here/proposals/new", form(edition, hand_in="1"))
    assert first.location == second.location
    assert (rows(Submission), rows(Speaker), rows(Message)) == (1, 1, 1)


def test_the_back_button_does_not_lose_what_was_changed_since(visitor, edition):
    visitor.post("/here/proposals/new", form(edition))
    page = visitor.post("/here/proposals/new", form(edition, title="Ice"), status=422).text
    assert 'value="Ice"' in page
    assert "<dd>Snow</dd>" in page
    assert f'action="/here/proposals/{only().code}/edit"' in page


def test_two_tabs_compare_before_one_wins(visitor, edition):
    visitor.post("/here/proposals/new", form(edition))
    place = f"/here/proposals/{only().code}/edit"
    visitor.post(place, form(edition, version="1", title="Ice", abstract="It is cold."))
    page = visitor.post(place, form(edition, version="1", title="Hail"), status=422).text
    assert 'value="Hail"' in page
    assert "<dd>Ice</dd>" in page
    assert "It is cold." in page
    assert only().title == "Ice"
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)[1]
    visitor.post(place, form(edition, version=version, title="Hail"))
    assert only().title == "Hail"


def test_a_preview_saves_nothing(visitor, edition):
    data = {"abstract": "**bold** <script>alert(1)</script> [x](javascript:alert(1))"}
    fragment = visitor.post(
        "/here/proposals/preview", data, status=200, headers={"HX-Request": "true"}
    ).text
    assert "<strong>bold</strong>" in fragment
    assert "<script" not in fragment
    assert "javascript:" not in fragment.replace("[x](javascript:alert(1))", "")
    page = visitor.post("/here/proposals/new", form(edition, preview="1"), status=200).text
    assert 'value="Snow"' in page
    assert rows(Submission) == 0


# Other people's proposals


@pytest.mark.parametrize(
    ("verb", "path"),
    [
        ("get", ""),
        ("get", "edit"),
        ("post", "edit"),
        ("post", "withdraw"),
        ("post", "restore"),
        ("post", "discard"),
        ("post", "leave"),
        ("post", "answer"),
    ],
)
def test_other_peoples_proposals_are_not_found(visitor, client, edition, verb, path):
    theirs = make_submission(edition)
    place = f"/here/proposals/{theirs.code}/{path}"
    getattr(visitor, verb)(place, status=404)
    mine = make_submission(make_conference(slug="there"), speakers=[make_person()])
    author = client(mine.speakers[0].person)
    getattr(author, verb)(f"/here/proposals/{mine.code}/{path}", status=404)
    assert theirs.state is SubmissionState.SUBMITTED


def test_a_stranger_is_asked_to_sign_in(client, edition):
    code = make_submission(edition).code
    for path in ("proposals/new", "my/", f"proposals/{code}/", f"proposals/{code}/edit"):
        assert "/sign-in" in client().get(f"/here/{path}", status=303).location
    client().post(f"/here/proposals/{code}/withdraw", status=401)


# The deadline


def test_the_last_second_counts(visitor, edition, today):
    visitor.post("/here/proposals/new", form(edition))
    place = f"/here/proposals/{only().code}/edit"
    today.move_to(edition.call_closes_at + timedelta(milliseconds=990))
    visitor.post(place, form(edition, version="1", title="Just in time", hand_in="1"))
    assert (only().title, only().state) == ("Just in time", SubmissionState.SUBMITTED)


def test_a_second_later_it_is_over_and_what_was_typed_is_still_there(visitor, edition, today):
    visitor.post("/here/proposals/new", form(edition))
    place = f"/here/proposals/{only().code}/edit"
    today.move_to(edition.call_closes_at + timedelta(seconds=1))
    late = form(edition, version="1", title="Too late", hand_in="1", invite="x@example.org")
    for page in (
        visitor.post(place, late, status=422),
        visitor.post("/here/proposals/new", late | {"key": "2"}, status=422),
    ):
        assert "has ended" in page.text
        assert 'value="Too late"' in page.text
    assert (only().title, rows(Person), rows(Message)) == ("Snow", 1, 0)


@pytest.mark.parametrize(
    "moment",
    [datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC), datetime(2027, 1, 31, 3, 30, tzinfo=UTC)],
)
def test_before_and_after_the_call_there_is_no_form(client, edition, mila, today, moment):
    today.move_to(moment)
    assert client(mila).get("/here/proposals/new", status=302).location == "/here/call/"


def test_after_the_committee_decided_the_text_stays(visitor, edition, mila):
    submission = make_submission(edition, title="Snow", speakers=[mila])
    make_decision(submission)
    place = f"/here/proposals/{submission.code}/edit"
    page = visitor.post(place, form(edition, version="1", title="Ice"), status=422)
    assert "stays as it is" in page.text
    assert only().title == "Snow"


# Withdrawing


def test_withdrawing_and_handing_in_again(visitor, edition, mila):
    submission = make_submission(edition, speakers=[mila], track_id=edition.tracks[0].id)
    place = f"/here/proposals/{submission.code}"
    visitor.post(f"{place}/withdraw")
    assert "You took it back" in visitor.get("/here/my/").text
    visitor.post(f"{place}/restore")
    assert only().state is SubmissionState.SUBMITTED


def test_a_draft_is_thrown_away(visitor, edition):
    visitor.post("/here/proposals/new", form(edition))
    assert visitor.post(f"/here/proposals/{only().code}/discard").location == "/here/my/"
    assert rows(Submission) == 0


# Few questions


def test_the_desk_asks_no_more_the_more_there_is(visitor, edition, mila):
    make_submission(edition, speakers=[mila])
    visitor.get("/here/my/")
    few = len(visitor.statements)
    for _ in range(10):
        make_decision(make_submission(edition, speakers=[mila, make_person()]))
    visitor.get("/here/my/")
    assert len(visitor.statements) == few <= 10
