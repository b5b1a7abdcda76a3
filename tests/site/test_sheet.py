"""A day on one sheet: a table in which every session stands once, at its time, in its room."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from cfp.site.programme import Day, Entry
from cfp.site.sheet import rows_of

NINE = datetime(2027, 5, 10, 9, tzinfo=UTC)
ROOMS = [{"id": n, "name": f"Room {n}"} for n in (1, 2, 3)]


def entry(title, room, first, minutes, *, is_break=False):
    """In the room of this number (0: all of them), so many minutes after nine."""
    starts = NINE + timedelta(minutes=first)
    return Entry(
        talk=None if is_break else {"code": title},
        title=title,
        starts=starts,
        ends=starts + timedelta(minutes=minutes),
        room=None,
        track=None,
        column=room,
        row=first // 5,
        length=minutes // 5,
    )


def day_of(*entries):
    return Day(date(2027, 5, 10), ROOMS, NINE, entries=list(entries))


def table(day):
    """The table as a browser lays it out: for each row what stands in each room's column."""
    laid, reach = [], {}
    for number, row in enumerate(rows_of(day)):
        columns = dict(reach)
        cells = iter(row.cells)
        reach = {}
        at = 0
        while at < len(ROOMS):
            if at in columns:
                cell, last = columns[at]
                wide = 1
            else:
                cell, wide = (found := next(cells)), found.wide
                last = number + found.high - 1
            for column in range(at, at + wide):
                columns[column] = cell, last
                if last > number:
                    reach[column] = cell, last
            at += wide
        assert next(cells, None) is None, "a cell more than there are rooms"
        laid.append((row.starts, [columns[column][0] for column in range(len(ROOMS))]))
    return laid


SPANS = st.tuples(st.integers(1, 3), st.integers(0, 12), st.integers(1, 6))
PAUSES = st.tuples(st.integers(0, 12), st.integers(1, 6))


@settings(max_examples=60)
@given(st.lists(SPANS, max_size=9), st.lists(PAUSES, max_size=2))
def test_at_every_moment_a_room_shows_exactly_what_happens_in_it(spans, pauses):
    talks = [
        entry(f"T{n}", room, 30 * first, 30 * long) for n, (room, first, long) in enumerate(spans)
    ]
    breaks = [
        entry(f"B{n}", 0, 30 * first, 30 * long, is_break=True)
        for n, (first, long) in enumerate(pauses)
    ]
    laid = table(day_of(*talks, *breaks))
    for at, cells in laid:
        for room, cell in enumerate(cells, start=1):
            there = {one.title for one in cell.entries if one.talk}
            now = {t.title for t in talks if t.column == room and t.starts <= at < t.ends}
            assert now <= there
            assert bool(now) or not there or _overlaps(talks, room, at)
    seen = {one.title for _at, cells in laid for cell in cells for one in cell.entries}
    assert {talk.title for talk in talks} <= seen


def _overlaps(talks, room, at):
    """Whether the room's sessions around this moment hang together, so that they share a cell."""
    mine = [talk for talk in talks if talk.column == room]
    return any(talk.starts <= at < talk.ends for talk in mine)


def test_a_break_of_all_rooms_is_one_wide_cell():
    talk = entry("Talk", 1, 0, 30)
    lunch = entry("Lunch", 0, 30, 60, is_break=True)
    first, second = rows_of(day_of(talk, lunch))
    assert [len(cell.entries) for cell in first.cells] == [1, 0, 0]
    (cell,) = second.cells
    assert (cell.entries, cell.wide, cell.high) == ((lunch,), 3, 1)


def test_where_a_session_goes_on_the_break_leaves_its_room_alone():
    workshop = entry("Workshop", 2, 0, 90)
    lunch = entry("Lunch", 0, 30, 30, is_break=True)
    _first, second, _third = rows_of(day_of(workshop, lunch))
    assert [(cell.entries, cell.wide) for cell in second.cells] == [((lunch,), 1), ((lunch,), 1)]


def test_what_overlaps_in_a_room_shares_a_cell():
    one, other = entry("One", 1, 0, 60), entry("Other", 1, 30, 60)
    rows = rows_of(day_of(one, other))
    assert rows[0].cells[0].entries == (one, other)
