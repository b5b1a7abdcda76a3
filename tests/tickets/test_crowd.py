"""Counting a day at the doors."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cfp.tickets.admission import Passage, Verdict
from cfp.tickets.crowd import Step, counted, rhythm

NINE = datetime(2027, 5, 10, 7, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def step(minute, ticket=1, passage=Passage.ENTRY, verdict=Verdict.OK, door="Main"):
    return Step(NINE + minute * MINUTE, passage, verdict, door, ticket)


def test_who_went_out_came_and_is_not_inside():
    crowd = counted([step(0), step(1, 2), step(5, 1, Passage.EXIT)])
    assert (crowd.came, crowd.inside) == (2, 1)


def test_each_door_counts_for_itself():
    crowd = counted([step(0), step(1, 1, verdict=Verdict.ALREADY_REDEEMED, door="Side")])
    assert (crowd.doors["Main"].entries, crowd.doors["Side"].entries) == (1, 0)
    assert (crowd.doors["Side"].refused, crowd.refused) == (1, 1)
    assert crowd.doors["Side"].last_at == NINE + MINUTE


def test_entries_fall_into_their_minutes():
    steps = [step(0), step(0, 2), step(2, 3), step(2, 3, Passage.EXIT), step(9, 4)]
    assert rhythm(steps, ["Main"], NINE, MINUTE, 4) == [[2, 0, 1, 0]]


some = st.builds(
    step, st.integers(0, 90), st.integers(1, 6), st.sampled_from(Passage), st.sampled_from(Verdict)
)


@given(st.lists(some, max_size=40))
def test_nobody_is_inside_who_did_not_come_and_each_scan_is_counted_once(steps):
    crowd = counted(steps)
    assert 0 <= crowd.inside <= crowd.came
    flows = crowd.doors.values()
    assert sum(f.entries + f.exits + f.refused for f in flows) == len(steps)
