"""The discussion: opened by one's own review, the weightiest first, closed by the letter."""

import pytest

from cfp.access import Role
from cfp.errors import Refused
from cfp.reviews.models import Argument, Side
from cfp.reviews.service import discussion
from cfp.submissions.models import Outcome
from tests.make import (
    make_argument,
    make_assignment,
    make_conference,
    make_decision,
    make_member,
    make_person,
    make_review,
    make_submission,
)
from tests.visitor import rows


@pytest.fixture
def edition(house):
    with house.test_request_context():
        yield make_conference(slug="b27")


@pytest.fixture
def reviewer(edition):
    return make_member(edition, Role.REVIEWER, make_person("Rosa"))


@pytest.fixture
def colleague(edition):
    return make_member(edition, Role.REVIEWER, make_person("Marit"))


@pytest.fixture
def proposal(edition, reviewer):
    submission = make_submission(edition, title="Snow")
    make_assignment(submission, reviewer)
    return submission


def page_of(proposal):
    return f"/b27/reviews/{proposal.code}/"


def test_support_moves_an_argument_up_and_the_last_word_counts(proposal, reviewer, colleague, now):
    first = make_argument(proposal, reviewer, "It is new.")
    second = make_argument(proposal, reviewer, "It is funny.")
    discussion.agree(second, agrees=True, by=colleague, at=now)
    texts = [one.argument.text for one in discussion.heard(proposal, colleague)[Side.FOR]]
    assert texts == ["It is funny.", "It is new."]
    discussion.agree(second, agrees=False, by=colleague, at=now)
    found = discussion.heard(proposal, colleague)[Side.FOR]
    assert [one.argument for one in found] == [first, second]
    assert [(one.weighed.weight, one.mine) for one in found] == [(1, None), (0, False)]
    discussion.agree(second, agrees=None, by=colleague, at=now)
    assert [one.weighed.weight for one in discussion.heard(proposal, colleague)[Side.FOR]] == [1, 1]


def test_refuses_support_for_ones_own_the_same_twice_and_anothers_withdrawal(
    proposal, reviewer, colleague, now
):
    own = discussion.argue(proposal, Side.AGAINST, "It is long.", by=reviewer, at=now)
    with pytest.raises(Refused, match="has your support"):
        discussion.agree(own, agrees=True, by=reviewer, at=now)
    with pytest.raises(Refused, match="said already"):
        discussion.argue(proposal, Side.AGAINST, "It is long.", by=colleague, at=now)
    with pytest.raises(Refused, match="somebody else"):
        discussion.withdraw(own, by=colleague, at=now)
    discussion.agree(own, agrees=True, by=colleague, at=now)
    discussion.withdraw(own, by=reviewer, at=now)
    assert rows(Argument) == 0


@pytest.mark.parametrize("outcome", [Outcome.ACCEPT, Outcome.REJECT])
def test_the_letter_ends_the_discussion(proposal, reviewer, now, outcome):
    make_decision(proposal, outcome, told_at=now)
    with pytest.raises(Refused, match="discussion is over"):
        discussion.argue(proposal, Side.FOR, "Late.", by=reviewer, at=now)


def test_who_waits_for_a_place_is_still_discussed(proposal, reviewer, now):
    make_decision(proposal, Outcome.WAITLIST, told_at=now)
    assert discussion.argue(proposal, Side.FOR, "Still good.", by=reviewer, at=now)


def test_nudges_to_where_the_committee_is_split_and_one_has_said_nothing(
    edition, reviewer, colleague
):
    split, agreed, unread = (make_submission(edition) for _ in range(3))
    for submission, mine, theirs in ((split, 5, 1), (agreed, 4, 3), (unread, None, 1)):
        make_assignment(submission, reviewer)
        make_review(submission, colleague, theirs)
        if mine:
            make_review(submission, reviewer, mine)
    make_review(unread, make_member(edition, Role.REVIEWER), 5)
    assert discussion.splits(reviewer, edition) == {split.id}
    make_argument(split, reviewer)
    assert discussion.splits(reviewer, edition) == set()


def test_the_discussion_opens_with_ones_own_review(client, proposal, reviewer, colleague):
    argument = make_argument(proposal, colleague, "It is a gem.")
    desk = client(reviewer)
    address = f"{page_of(proposal)}arguments/"
    assert "It is a gem." not in desk.get(page_of(proposal)).text
    desk.post(address, {"side": "for", "text": "Me too."}, status=404)
    desk.post(f"{address}{argument.code}/opinion", {"value": "yes"}, status=404)
    make_review(proposal, reviewer, 4)
    assert "It is a gem." in desk.get(page_of(proposal)).text
    desk.post(address, {"side": "against", "text": "It is old."})
    desk.post(f"{address}{argument.code}/opinion", {"value": "yes"})
    page = desk.get(page_of(proposal)).text
    assert "It is old." in page
    assert "one agrees" in page
    assert 'aria-pressed="true"' in page


def test_an_argument_without_a_side_keeps_its_text(client, proposal, reviewer):
    make_review(proposal, reviewer, 4)
    desk = client(reviewer)
    page = desk.post(f"{page_of(proposal)}arguments/", {"text": "Because of us."}, status=422).text
    assert "for the proposal or against it" in page
    assert "Because of us." in page


def test_the_chair_reads_who_would_fight_and_joins_the_discussion(
    client, edition, proposal, reviewer, colleague
):
    make_review(proposal, reviewer, 5)
    make_review(proposal, colleague, 1)
    chair = client(make_member(edition, Role.CHAIR))
    ranking = chair.get("/b27/team/ranking/?split=1").text
    assert "One proposal splits the committee" in ranking
    page = chair.get(f"/b27/team/ranking/{proposal.code}/").text
    assert "Would fight for it: Rosa." in page
    assert "Would fight against it: Marit." in page
    form = {"side": "for", "text": "I heard it.", "on": "verdicts"}
    answer = chair.post(f"{page_of(proposal)}arguments/", form)
    assert answer.location.endswith(f"/team/ranking/{proposal.code}/#discussion")
    assert "I heard it." in chair.get(f"/b27/team/ranking/{proposal.code}/").text


def test_an_organiser_reads_and_does_not_argue(client, edition, proposal, colleague):
    make_argument(proposal, colleague, "It is a gem.")
    organiser = client(make_member(edition, Role.ORGANISER))
    page = organiser.get(f"/b27/team/ranking/{proposal.code}/").text
    assert "It is a gem." in page
    assert "arguments/" not in page
    organiser.post(f"{page_of(proposal)}arguments/", {"side": "for", "text": "No."}, status=403)


def test_nobody_joins_the_discussion_of_their_own_proposal(client, edition, colleague):
    chair = make_member(edition, Role.CHAIR)
    own = make_submission(edition, speakers=[chair])
    client(chair).post(f"{page_of(own)}arguments/", {"side": "for", "text": "Me!"}, status=404)
