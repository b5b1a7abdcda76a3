"""Further criteria: worded by the chair, answered with a review, shown beside the verdict."""

import csv

import pytest

from cfp.access import Role
from cfp.conference.service.clone import furnish_like
from cfp.errors import Refused
from cfp.reviews.models import Criterion, CriterionScore
from cfp.reviews.service import criteria, reviews
from cfp.reviews.service.reviews import Verdict
from tests.make import (
    make_assignment,
    make_conference,
    make_criterion,
    make_member,
    make_person,
    make_review,
    make_submission,
)
from tests.visitor import rows


@pytest.fixture
def edition(house):
    return make_conference(slug="b27")


def labels(edition):
    return [one.label for one in criteria.of_edition(edition)]


def test_criteria_are_worded_added_and_taken_away_until_they_are_answered(edition, now):
    chair = make_person()

    def keep(words, added=""):
        criteria.keep(edition, words, added, by=chair, at=now)

    keep({}, "Is it new?")
    keep({}, "Is it of use?")
    new, useful = criteria.of_edition(edition)
    keep({new.code: "Is it news?"}, "")
    assert labels(edition) == ["Is it news?", "Is it of use?"]
    review = make_review(make_submission(edition), make_person())
    criteria.answer(review, {new.id: 4})
    with pytest.raises(Refused) as refused:
        keep({new.code: ""})
    assert refused.value.field == f"label-{new.code}"
    keep({useful.code: ""})
    assert labels(edition) == ["Is it news?"]
    for number in range(criteria.MOST - 1):
        keep({}, f"More {number}")
    with pytest.raises(Refused):
        keep({}, "Too many")


def test_a_review_answers_those_it_likes_and_may_take_an_answer_back(edition, now):
    new, useful = make_criterion(edition, "New?"), make_criterion(edition, "Useful?")
    elsewhere = make_criterion(make_conference())
    assignment = make_assignment(make_submission(edition), make_member(edition, Role.REVIEWER))

    def said(**given):
        return {one.criterion_id: one.value for one in write(given).criterion_scores}

    def write(given):
        asked = {"new": new.id, "useful": useful.id, "foreign": elsewhere.id}
        further = {asked[name]: value for name, value in given.items()}
        return reviews.write(assignment, Verdict(3, criteria=further), at=now)

    assert said(new=5, foreign=1) == {new.id: 5}
    assert said(new=2, useful=1) == {new.id: 2, useful.id: 1}
    assert said(new=None) == {useful.id: 1}
    for value in (0, 6):
        with pytest.raises(Refused):
            write({"new": value})


def test_a_new_edition_asks_what_the_earlier_one_asked(edition):
    make_criterion(edition, "New?")
    later = make_conference()
    furnish_like(edition, later)
    assert labels(later) == ["New?"]


def test_the_chair_words_them_the_reviewer_answers_and_both_read_them(client, edition):
    chair = client(make_member(edition, Role.CHAIR))
    url = "/b27/team/reviews/criteria/"
    chair.post(url, {"added": "Is it of use?"})
    one = criteria.of_edition(edition)[0]
    assert "Is it of use?" in chair.get(url).text
    reviewer = make_member(edition, Role.REVIEWER)
    submission = make_submission(edition, title="Snow")
    make_assignment(submission, reviewer)
    desk, page = client(reviewer), f"/b27/reviews/{submission.code}/"
    field = f"criterion-{one.code}"
    assert f'name="{field}"' in desk.get(page).text
    desk.post(page, {"score": "4", field: "7"}, status=422)
    assert rows(CriterionScore) == 0
    desk.post(page, {"score": "4", field: "2", "then": "stay"})
    assert f'name="{field}" id="{field}-2" value="2" checked' in desk.get(page).text
    other = make_review(submission, make_member(edition, Role.REVIEWER), 5)
    criteria.answer(other, {one.id: 5})
    seen = chair.get(f"/b27/team/ranking/{submission.code}/").text
    assert "Is it of use? <strong>3.50</strong>" in seen
    [row] = csv.DictReader(chair.get("/b27/team/ranking.csv").text.splitlines())
    assert row["Is it of use?"] == "3.5000"
    assert "Is it of use? <strong>5</strong>" in desk.get(page).text
    chair.post(url, {f"label-{one.code}": ""}, status=422)
    assert rows(Criterion) == 1
