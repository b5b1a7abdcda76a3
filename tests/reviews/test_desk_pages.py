"""The reviewer's pages: one list, one proposal at a time, and nothing that names a speaker."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from cfp import clock
from cfp.access import Role
from cfp.db import db as database
from cfp.reviews.models import AssignmentState, Bid, DeclaredConflict, Review
from cfp.submissions.models import SubmissionState
from tests.make import (
    make_assignment,
    make_conference,
    make_member,
    make_person,
    make_review,
    make_submission,
)
from tests.visitor import rows


@pytest.fixture
def edition(house):
    return make_conference(slug="b27", reviews_due_at=clock.now() + timedelta(days=5))


@pytest.fixture
def reviewer(edition):
    return make_member(edition, Role.REVIEWER)


@pytest.fixture
def desk(client, reviewer):
    return client(reviewer)


def given(edition, reviewer, number=1, **values):
    made = [make_submission(edition, **values) for _ in range(number)]
    for submission in made:
        make_assignment(submission, reviewer)
    return made


def stored():
    return database.session.scalars(database.select(Review)).all()


def test_an_empty_desk_says_what_comes_and_what_to_do_first(desk):
    page = desk.get("/b27/reviews/").text
    assert "Nothing to review yet" in page
    assert "/b27/reviews/bids/" in page


def test_the_desk_shows_progress_and_leads_to_the_next(desk, edition, reviewer):
    made = given(edition, reviewer, 4)
    make_review(made[0], reviewer, 5)
    page = desk.get("/b27/reviews/").text
    assert "1 of 4 written" in page
    assert "I want it and will fight for it" in page
    [link] = re.findall(r'class="btn btn-primary" href="([^"]+)"', page)
    assert link in {f"/b27/reviews/{submission.code}/" for submission in made[1:]}


def test_the_desk_of_thirty_stays_within_its_budget(desk, edition, reviewer):
    given(edition, reviewer, 30)
    desk.get("/b27/reviews/")
    assert len(desk.statements) <= 12


def test_five_sentences_stand_beside_the_text(desk, edition, reviewer):
    [submission] = given(edition, reviewer, abstract="About *snow*.")
    page = desk.get(f"/b27/reviews/{submission.code}/").text
    assert "About <em>snow</em>." in page
    assert re.findall(r'name="score"[^>]*value="(\d)"', page) == ["5", "4", "3", "2", "1"]
    assert "I do not want it and will fight against it" in page


def test_saving_goes_on_to_the_next_without_a_verdict_and_at_last_to_the_list(
    desk, edition, reviewer
):
    left = {submission.code for submission in given(edition, reviewer, 3)}
    code = next(iter(left))
    while left:
        left.remove(code)
        answer = desk.post(f"/b27/reviews/{code}/", {"score": 4, "then": "next"})
        code = answer.location.strip("/").split("/")[-1]
        assert code in left or (code == "reviews" and not left)
    assert [review.score for review in stored()] == [4, 4, 4]


def test_saving_may_stay_and_then_shows_what_others_say(desk, edition, reviewer):
    [submission] = given(edition, reviewer)
    other = make_member(edition, Role.REVIEWER, make_person("Marit Solvaag"))
    make_review(submission, other, 1, for_committee="We had this last year.")
    url = f"/b27/reviews/{submission.code}/"
    before = desk.get(url).text
    assert "Marit" not in before
    assert "last year" not in before
    assert desk.post(url, {"score": 5, "then": "stay"}).location == url
    after = desk.get(url).text
    assert "Marit Solvaag" in after
    assert "We had this last year." in after


def test_without_a_score_nothing_is_kept_and_the_text_is_not_lost(desk, edition, reviewer):
    [submission] = given(edition, reviewer)
    url = f"/b27/reviews/{submission.code}/"
    page = desk.post(url, {"for_committee": "My <b>best</b> words"}, status=422).text
    assert "Please choose one of the five sentences." in page
    assert "My &lt;b&gt;best&lt;/b&gt; words" in page
    assert rows(Review) == 0


@pytest.mark.parametrize("score", ["0", "6", "4.5", "five", ""])
def test_forged_scores_are_refused(desk, edition, reviewer, score):
    [submission] = given(edition, reviewer)
    desk.post(f"/b27/reviews/{submission.code}/", {"score": score}, status=422)
    assert rows(Review) == 0


def test_after_the_deadline_a_sentence_and_the_text_is_still_there(desk, edition, reviewer):
    [submission] = given(edition, reviewer)
    edition.reviews_due_at = clock.now() - timedelta(seconds=2)
    url = f"/b27/reviews/{submission.code}/"
    page = desk.post(url, {"score": 3, "for_speaker": "Typed too late"}, status=422).text
    assert "The time for reviews is over" in page
    assert "Typed too late" in page
    assert rows(Review) == 0
    assert "data-review-save" not in desk.get(url).text


def test_a_saved_review_is_in_the_form_and_can_be_changed(desk, edition, reviewer):
    [submission] = given(edition, reviewer)
    make_review(submission, reviewer, 2, for_speaker="Add an example.")
    url = f"/b27/reviews/{submission.code}/"
    page = desk.get(url).text
    assert re.search(r'value="2"[^>]*checked', page)
    assert "Add an example." in page
    desk.post(url, {"score": 4, "for_speaker": "Good now."})
    [review] = stored()
    assert (review.score, review.for_speaker) == (4, "Good now.")


def test_what_is_not_ones_own_to_review_does_not_exist(desk, edition, reviewer):
    foreign = make_submission(edition)
    draft = make_submission(edition)
    make_assignment(draft, reviewer, state=AssignmentState.DRAFT)
    own = make_submission(edition, speakers=[reviewer])
    make_assignment(own, reviewer)
    withdrawn = make_submission(edition, state=SubmissionState.WITHDRAWN)
    make_assignment(withdrawn, reviewer)
    elsewhere = make_submission(make_conference(slug="b28"))
    make_assignment(elsewhere, reviewer)
    for submission in (foreign, draft, own, withdrawn, elsewhere):
        url = f"/b27/reviews/{submission.code}/"
        desk.get(url, status=404)
        desk.post(url, {"score": 5}, status=404)
        desk.post(f"{url}recuse", {"reason": "Hm."}, status=404)
    assert rows(Review) == 0


def test_a_conflict_makes_an_assigned_proposal_vanish_where_nothing_is_blind(
    desk, edition, reviewer
):
    [submission] = given(edition, reviewer, speakers=[make_person(employer="Tern Foundation")])
    url = f"/b27/reviews/{submission.code}/"
    reviewer.employer = "Tern Foundation"
    desk.get(url)
    edition.blind = False
    database.session.flush()
    desk.get(url, status=404)
    assert submission.title not in desk.get("/b27/reviews/").text


def test_handing_back_wants_a_reason_and_takes_it_off_the_list(desk, edition, reviewer):
    [submission] = given(edition, reviewer)
    url = f"/b27/reviews/{submission.code}/"
    assert "Please fill this in." in desk.post(f"{url}recuse", {"reason": " "}, status=422).text
    desk.post(f"{url}recuse", {"reason": "My flatmate."})
    desk.get(url, status=404)
    assert rows(DeclaredConflict) == 1


def test_a_wish_is_saved_at_once_and_by_the_plain_form(desk, edition, reviewer):
    submission = make_submission(edition)
    url = f"/b27/reviews/bids/{submission.code}/"
    row = desk.post(url, {"value": "yes"}, status=200, headers={"HX-Request": "true"}).text
    assert re.search(r'value="yes" aria-pressed="true"', row)
    assert "<html" not in row
    answer = desk.post(f"{url}?page=1&code=X&conference=x&_external=1", {"value": "no"})
    assert answer.location == f"/b27/reviews/bids/?page=1#proposal-{submission.code}"
    assert database.session.scalar(database.select(Bid)).value.value == "no"


def test_a_forged_wish_changes_nothing(desk, edition, reviewer):
    submission = make_submission(edition)
    desk.post(f"/b27/reviews/bids/{submission.code}/", {"value": "always"}, status=400)
    own = make_submission(edition, speakers=[reviewer])
    desk.post(f"/b27/reviews/bids/{own.code}/", {"value": "yes"}, status=404)
    desk.post("/b27/reviews/bids/NOBODY/", {"value": "yes"}, status=404)
    assert rows(Bid) == 0


def test_a_late_wish_is_refused(desk, edition):
    submission = make_submission(edition)
    edition.reviews_due_at = datetime(2026, 1, 1, tzinfo=UTC)
    desk.post(f"/b27/reviews/bids/{submission.code}/", {"value": "yes"}, status=409)


def test_a_conflict_declared_while_wishing_hides_the_proposal(desk, edition):
    submission = make_submission(edition)
    url = f"/b27/reviews/bids/{submission.code}/conflict"
    desk.get(url)
    desk.post(url, {"reason": ""}, status=422)
    desk.post(url, {"reason": "We wrote it together."})
    assert submission.title not in desk.get("/b27/reviews/bids/").text
    desk.get(url, status=404)


def test_the_list_of_wishes_stays_within_its_budget(desk, edition):
    for _ in range(60):
        make_submission(edition)
    desk.get("/b27/reviews/bids/")
    assert len(desk.statements) <= 14
