"""Blind is blind: nothing that a person must not know changes any answer that they can get.

Two truths are written into the same house: other names, employers, verdicts, wishes, decisions that
nobody was told of. Whoever must not know them gets the same bytes for both, whatever they open,
ask, sort by, send or are sent. So no text, order, count, header, file or letter tells one from the
other.
"""

from __future__ import annotations

import re

import pytest

from cfp.reviews import conflicts as rules
from cfp.reviews.service import conflicts, reviews
from cfp.submissions import seen, standing
from tests.bad_input.curtain import Curtain, differences
from tests.bad_input.test_forged_addresses import ANYTHING
from tests.bad_input.truths import TRUTHS

WHO = ("reviewer", "speaker", "stranger")


@pytest.mark.parametrize("role", WHO)
def test_no_answer_tells_what_is_behind_the_curtain(world, forms, role):
    curtain = Curtain(world, role)
    one, other = (curtain.answers(truth, anything=ANYTHING, forms=forms) for truth in TRUTHS)
    assert len(one) > 250
    assert differences(one, other) == []


@pytest.mark.parametrize("role", WHO)
def test_what_is_for_others_says_nothing_but_that(world, role):
    closed = dict(Curtain(world, role).closed())
    turned_away = {asked: status for asked, (status, _headers, _page) in closed.items()}
    assert len(closed) > 250
    assert not {asked for asked, status in turned_away.items() if status not in {303, 401, 403}}
    pages = {page for status, _headers, page in closed.values() if status != 303}
    # One page inside of an edition and one outside.
    assert len({re.sub(rb"<[^>]*>", b"", page) for page in pages}) == 2


def told(world, role, only):
    """What gives the truth away among the pages of one room."""
    curtain = Curtain(world, role)
    return differences(*(curtain.answers(truth, only=only) for truth in TRUTHS))


def test_with_open_eyes_the_same_questions_tell_who_speaks(world, monkeypatch):
    monkeypatch.setattr(seen, "may_see_speakers", lambda *_anybody: True)
    given_away = told(world, "reviewer", "reviews.")
    assert any("/reviews/bids/" in question for question in given_away)


def test_a_list_from_which_colleagues_vanish_tells_whose_proposals_these_are(world, monkeypatch):
    monkeypatch.setattr(conflicts, "NO_NEWS", frozenset(rules.Kind))
    given_away = told(world, "reviewer", "reviews.")
    assert any("/reviews/bids/" in question for question in given_away)


def test_verdicts_that_are_shown_too_early_tell_what_a_colleague_thinks(world, monkeypatch):
    monkeypatch.setattr(reviews, "may_read_others", lambda _one: True)
    assert told(world, "reviewer", "reviews.review")


def test_a_decision_that_is_shown_too_early_tells_a_speaker(world, monkeypatch):
    monkeypatch.setattr(standing, "known_outcome", lambda submission: submission.decision.outcome)
    assert told(world, "speaker", "submissions.desk")
