"""What moved between two versions of a schedule."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from cfp.schedule.diff import Kind, diff, entries
from cfp.schedule.problem import Timetable
from tests.schedule.puzzles import make_problem, place, planned, talk

PROBLEM = make_problem(talk("x"), talk("y"), talk("z"))
BEFORE = entries(PROBLEM, Timetable({"x": place("A", "9:00"), "y": place("B", "9:00")}))


def kinds(after):
    return {change.talk: set(change.kinds) for change in diff(BEFORE, after)}


def test_nothing_changed():
    assert diff(BEFORE, dict(reversed(BEFORE.items()))) == []


def test_tells_a_move_in_time_from_a_move_to_another_room():
    x, y = BEFORE["x"], BEFORE["y"]
    after = {"x": replace(x, start=place("A", "10:00").start), "y": replace(y, room="A")}
    assert kinds(after) == {"x": {Kind.TIME}, "y": {Kind.ROOM}}


def test_one_talk_can_change_in_every_way():
    later = place("A", "10:00").start
    after = BEFORE | {"x": replace(BEFORE["x"], room="B", start=later, minutes=45, title="New")}
    assert kinds(after) == {"x": {Kind.TIME, Kind.ROOM, Kind.LENGTH, Kind.TITLE}}


def test_new_and_dropped_talks():
    after = {"x": BEFORE["x"], "z": BEFORE["y"]}
    changes = diff(BEFORE, after)
    assert [(change.talk, change.kinds) for change in changes] == [
        ("z", (Kind.NEW,)),
        ("y", (Kind.DROPPED,)),
    ]
    assert changes[0].before is None
    assert changes[1].after is None


def test_changes_come_in_the_order_of_the_new_programme():
    after = {
        "x": replace(BEFORE["x"], start=place("A", "11:00").start),
        "y": replace(BEFORE["y"], start=place("A", "10:00").start),
    }
    assert [change.talk for change in diff(BEFORE, after)] == ["y", "x"]


@settings(max_examples=50, deadline=None)
@given(planned(), planned())
def test_whoever_follows_the_changes_has_the_new_programme(one, other):
    before, after = entries(*one), entries(*other)
    followed = dict(before)
    for change in diff(before, after):
        followed.pop(change.talk, None)
        if change.after:
            followed[change.talk] = change.after
    assert followed == after
