"""Which proposals a question is asked of, and what is wrong with an answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfp.questions.asking import HIGHEST, Asked, Kind, fault, lack, lines_of

KINDS = st.sampled_from(list(Kind))
IDS = st.frozensets(st.integers(1, 4), max_size=3)
CHOICES = ("Red", "Green", "Blue")


@given(IDS, IDS, st.integers(1, 4) | st.none(), st.integers(1, 4) | st.none())
def test_it_is_asked_where_both_format_and_track_are_meant(formats, tracks, format_id, track_id):
    asked = Asked(Kind.LINE, formats=formats, tracks=tracks)
    meant = (format_id in formats or not formats) and (track_id in tracks or not tracks)
    assert asked.applies(format_id, track_id) is meant


@given(KINDS)
def test_no_answer_is_never_wrong_but_may_be_missing(kind):
    assert fault(Asked(kind, choices=CHOICES), "") is None
    assert lack(Asked(kind, choices=CHOICES), "") is None
    assert lack(Asked(kind, is_required=True, choices=CHOICES), "")


@given(st.integers(0, 300), st.integers(1, 600) | st.none())
def test_a_text_is_measured_by_the_limit_and_never_by_more_than_fits(length, most):
    asked = Asked(Kind.LINE, most=most)
    limit = min(most, HIGHEST[Kind.LINE]) if most is not None else 200
    assert (fault(asked, "x" * length) is None) is (length <= limit)


@given(st.integers(-10, 10), st.integers(-5, 5), st.integers(0, 5))
def test_a_number_lies_between_least_and_most(number, least, more):
    asked = Asked(Kind.NUMBER, least=least, most=least + more or 1)
    low, high = asked.bounds
    assert (fault(asked, str(number)) is None) is (low <= number <= high)


@pytest.mark.parametrize("text", ["abc", "1.5", "1e3", "9" * 30, "NaN", "٣", " 3", "--1"])
def test_what_is_no_whole_number_is_refused(text):
    assert fault(Asked(Kind.NUMBER), text)


@given(st.lists(st.sampled_from([*CHOICES, "Mauve"]), unique=True), st.integers(0, 3))
def test_only_what_is_offered_can_be_chosen_and_no_more_than_allowed(chosen, most):
    asked = Asked(Kind.SEVERAL, choices=CHOICES, most=most)
    allowed = not chosen or ("Mauve" not in chosen and len(chosen) <= most)
    assert (fault(asked, "\n".join(chosen)) is None) is allowed
    one = Asked(Kind.CHOICE, choices=CHOICES)
    assert (fault(one, "\n".join(chosen)) is None) is ("Mauve" not in chosen and len(chosen) <= 1)


def test_a_least_counts_when_it_is_handed_in():
    several = Asked(Kind.SEVERAL, choices=CHOICES, least=2)
    assert lack(several, "Red")
    assert lack(several, "Red\nBlue") is None
    assert lack(Asked(Kind.TEXT, least=10), "too short")
    assert lack(Asked(Kind.TEXT, least=9), "too short") is None


def test_choices_are_one_a_line_each_once():
    assert lines_of(" Red \n\nGreen  light\nRed") == ["Red", "Green light"]
