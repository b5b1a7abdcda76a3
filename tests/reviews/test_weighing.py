"""What weighs in a discussion, and when a committee is split."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfp.reviews.weighing import Weighed, is_split, weightiest_first

NOON = datetime(2027, 1, 15, 12, tzinfo=UTC)
ARGUMENTS = st.lists(
    st.builds(
        Weighed,
        key=st.integers(0, 99),
        at=st.integers(0, 9).map(lambda minutes: NOON + timedelta(minutes=minutes)),
        agree=st.integers(0, 4),
        disagree=st.integers(0, 4),
    ),
    max_size=8,
    unique_by=lambda one: one.key,
)


@given(ARGUMENTS, st.randoms(use_true_random=False))
def test_the_weightiest_stand_first_whatever_order_they_come_in(arguments, random):
    ordered = weightiest_first(arguments)
    assert sorted(ordered, key=lambda one: one.key) == sorted(arguments, key=lambda one: one.key)
    for first, second in pairwise(ordered):
        assert first.weight >= second.weight
        if first.weight == second.weight and first.agree == second.agree:
            assert first.at <= second.at
    random.shuffle(arguments)
    assert weightiest_first(arguments) == ordered


def test_an_argument_weighs_its_author_and_who_agrees_less_who_does_not():
    assert Weighed(1, NOON).weight == 1
    assert Weighed(1, NOON, agree=3, disagree=1).weight == 3
    assert Weighed(1, NOON, disagree=2).weight == -1


@pytest.mark.parametrize(
    ("scores", "splits"),
    [
        ((), False),
        ((5,), False),
        ((2, 4), False),
        ((5, 4, 2), True),
        ((4, 1), True),
        ((1, 5), True),
    ],
)
def test_a_committee_is_split_where_scores_lie_three_points_apart(scores, splits):
    assert is_split(scores) is splits
