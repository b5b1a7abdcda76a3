"""Who may enter: the rule by example, and against somebody who counts on their fingers."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfp.tickets.admission import Admission, Passage, Passed, Verdict, day_at, judged

ZONE = "Europe/Berlin"
GOOD = Admission(is_live=True, is_paid=True)
NINE = datetime(2027, 5, 10, 7, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ENTRY, EXIT = Passage.ENTRY, Passage.EXIT


def only_on(day):
    return Admission(is_live=True, is_paid=True, days=frozenset({day}))


def entered(at=NINE):
    return Passed(at, ENTRY)


@pytest.mark.parametrize(
    ("ticket", "verdict"),
    [
        (None, Verdict.INVALID),
        (GOOD, Verdict.OK),
        (Admission(is_live=False, is_paid=True), Verdict.CANCELLED),
        (Admission(is_live=True, is_paid=False), Verdict.UNPAID),
        (Admission(is_live=True, is_paid=True, fits=False), Verdict.WRONG_PRODUCT),
        (only_on(date(2027, 5, 10)), Verdict.OK),
        (only_on(date(2027, 5, 11)), Verdict.WRONG_DAY),
    ],
)
def test_a_ticket_is_worth_what_it_says(ticket, verdict):
    assert judged(ticket, ENTRY, NINE, ZONE, []) is verdict


def test_whoever_is_in_does_not_come_in_again():
    assert judged(GOOD, ENTRY, NINE + HOUR, ZONE, [entered()]) is Verdict.ALREADY_REDEEMED


def test_whoever_went_out_comes_in_again():
    passed = [entered(), Passed(NINE + HOUR, EXIT)]
    assert judged(GOOD, ENTRY, NINE + 2 * HOUR, ZONE, passed) is Verdict.OK


def test_whoever_left_without_a_scan_comes_in_on_the_next_day():
    assert judged(GOOD, ENTRY, NINE + 24 * HOUR, ZONE, [entered()]) is Verdict.OK


def test_a_shirt_is_handed_out_once_and_not_once_a_day():
    shirt = Admission(is_live=True, is_paid=True, once=True)
    verdict = judged(shirt, ENTRY, NINE + 24 * HOUR, ZONE, [entered()])
    assert verdict is Verdict.ALREADY_REDEEMED


def test_whoever_wants_out_gets_out_with_a_ticket_that_was_cancelled_meanwhile():
    cancelled = Admission(is_live=False, is_paid=True)
    assert judged(cancelled, EXIT, NINE + HOUR, ZONE, [entered()]) is Verdict.OK


def test_an_entry_reported_late_is_no_second_one():
    """The other door, which had its net, let the same ticket in meanwhile."""
    assert judged(GOOD, ENTRY, NINE, ZONE, [entered(NINE + HOUR)]) is Verdict.ALREADY_REDEEMED


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2027, 5, 11, 1, 59, 59, tzinfo=UTC), date(2027, 5, 10)),  # 3:59 in Berlin
        (datetime(2027, 5, 11, 2, 0, tzinfo=UTC), date(2027, 5, 11)),
        (datetime(2027, 10, 31, 2, 59, tzinfo=UTC), date(2027, 10, 30)),  # the clock went back
        (datetime(2027, 10, 31, 3, 0, tzinfo=UTC), date(2027, 10, 31)),
    ],
)
def test_the_night_belongs_to_the_day_before(moment, day):
    assert day_at(moment, ZONE) == day


minutes = st.integers(0, 60 * 72)
scans = st.lists(st.tuples(minutes, st.sampled_from(Passage)), max_size=30)


@given(scans)
def test_in_whatever_order_doors_report_a_day_has_no_two_entries_without_an_exit(reported):
    passed = []
    for minute, passage in reported:
        at = NINE + timedelta(minutes=minute)
        if judged(GOOD, passage, at, ZONE, passed) is Verdict.OK:
            passed.append(Passed(at, passage))
            passed.sort(key=lambda one: one.at)
    for earlier, later in pairwise(passed):
        same_day = day_at(earlier.at, ZONE) == day_at(later.at, ZONE)
        assert not (same_day and earlier.passage is later.passage is ENTRY)


@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from(Passage)), max_size=20))
def test_with_the_net_it_is_a_turnstile(told):
    """Scans that arrive as they happen: in if outside, and nothing else is asked."""
    passed, inside = [], False
    for n, (gap, passage) in enumerate(told):
        at = NINE + timedelta(minutes=n, seconds=gap)
        verdict = judged(GOOD, passage, at, ZONE, passed)
        assert (verdict is Verdict.OK) == (passage is EXIT or not inside)
        if verdict is Verdict.OK:
            inside = passage is ENTRY
            passed.append(Passed(at, passage))
