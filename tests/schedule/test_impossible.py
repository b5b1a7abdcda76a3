"""Thirty-nine impossible conferences: each is explained by exactly the rules that are at fault."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from cfp.schedule.problem import (
    Answer,
    Availability,
    Break,
    Level,
    Pin,
    Problem,
    Room,
    RuleBook,
    Setting,
    Speaker,
)
from cfp.schedule.solver.causes import IN_THE_PROGRAMME, Cause
from cfp.schedule.solver.explain import explain, repaired
from cfp.schedule.solver.run import solve
from tests.schedule.puzzles import at, make_problem, talk, with_level

TWO = ("9:00", "11:00")  # two hours
ONE = ("9:00", "10:00")


def hours(*talks, rooms="AB", open_=TWO, **more) -> Problem:
    """Talks of an hour that start on the hour, unless told otherwise."""
    return make_problem(*talks, rooms=rooms, hours=open_, **{"every": 60} | more)


def there(name: str, *spans: tuple[str, str]) -> Speaker:
    """Somebody who is there at these times only."""
    known = tuple(Availability(at(start), at(end), Answer.YES) for start, end in spans)
    return Speaker(name, name.title(), known, otherwise=Answer.NO)


def by(*people: str, **more):
    return talk("x", 60, speakers=people, **more)


LUNCH = Break("lunch", "Lunch", at("9:00"), at("10:00"))
SMALL = (Room("A", "Attic", 50, records=False), Room("B", "Ballroom", 200))
IMPOSSIBLE = {
    "a pin while the speaker is away": (
        hours(by("ada"), speakers=(there("ada", ("10:00", "11:00")),),
              pins=(Pin("x", start=at("9:00")),)),
        {("availability", "ada"), ("pins", "x")}, "x",
    ),
    "a pin in the break": (
        hours(talk("x", 60), breaks=(LUNCH,), pins=(Pin("x", start=at("9:00")),)),
        {("breaks", "lunch"), ("pins", "x")}, "x",
    ),
    "a pin in a room without the piano": (
        hours(talk("x", 60, needs=frozenset({"piano"})), pins=(Pin("x", "A"),),
              rooms=(Room("A", "Attic"), Room("B", "Ballroom", equipment=frozenset({"piano"})))),
        {("equipment", "x"), ("pins", "x")}, "x",
    ),
    "a piano that no room has": (
        hours(talk("x", 60, needs=frozenset({"piano"}))), {("equipment", "x")}, "x",
    ),
    "more people than any room seats": (
        hours(talk("x", 60, audience=500), rooms=SMALL), {("capacity", "x")}, "x",
    ),
    "many people in the small room chosen for it": (
        hours(talk("x", 60, audience=100, rooms=frozenset("A"), recorded=False), rooms=SMALL),
        {("capacity", "x"), ("chosen-rooms", "x")}, "x",
    ),
    "a recording in a room that cannot": (
        hours(talk("x", 60, rooms=frozenset("A")), rooms=SMALL),
        {("chosen-rooms", "x"), ("recording", "x")}, "x",
    ),
    "two plenaries in one hour": (
        hours(talk("x", 60, plenary=True), talk("y", 60, plenary=True), open_=ONE),
        {("plenary", "x + y")}, "xy",
    ),
    "a plenary that fills the day": (
        hours(talk("x", 120, plenary=True), talk("y", 60)), {("plenary", "x + y")}, "xy",
    ),
    "two sponsored talks in one hour": (
        hours(talk("x", 60, sponsored=True), talk("y", 60, sponsored=True), open_=ONE),
        {("sponsored-apart", "x + y")}, "xy",
    ),
    "one person in two rooms": (
        hours(by("ada"), talk("y", 60, speakers=("ada",)), open_=ONE),
        {("speaker-once", "ada")}, "xy",
    ),
    "a chair who speaks elsewhere": (
        hours(by("ada"), talk("y", 60, chairs=("ada",)), open_=ONE),
        {("speaker-once", "ada")}, "xy",
    ),
    "three talks for two hours of a room": (
        hours(talk("x", 60), talk("y", 60), talk("z", 60), rooms="A"), set(), "xyz",
    ),
    "a second talk on the only day": (
        hours(by("ada"), talk("y", 60, speakers=("ada",)), talks_per_day=1),
        {("talks-per-day", "ada")}, "xy",
    ),
    "two speakers who are never there together": (
        hours(by("ada", "ben"),
              speakers=(there("ada", ("9:00", "10:00")), there("ben", ("10:00", "11:00")))),
        {("availability", "ada"), ("availability", "ben")}, "x",
    ),
    "a speaker who is only there over lunch": (
        hours(by("ada"), speakers=(there("ada", ("9:00", "10:00")),), breaks=(LUNCH,)),
        {("availability", "ada"), ("breaks", "lunch")}, "x",
    ),
    "a chair who is never there": (
        hours(talk("x", 60, chairs=("ada",)), speakers=(there("ada"),)),
        {("availability", "ada")}, "x",
    ),
    "no minutes to walk": (
        hours(by("ada", rooms=frozenset("A")),
              talk("y", 60, speakers=("ada",), rooms=frozenset("B")), walk_minutes=10),
        {("chosen-rooms", "x"), ("chosen-rooms", "y"), ("speaker-once", "ada")}, "xy",
    ),
    "no minutes between two talks": (
        hours(talk("x", 60), talk("y", 60), rooms="A", changeover_minutes=10),
        {("changeover", "A")}, "xy",
    ),
    "two tracks for one block": (
        with_level(
            hours(talk("x", 60, track="red"), talk("y", 60, track="blue"), rooms="A"),
            one_track_a_block=Level.FORBID,
        ),
        {("one-track-a-block", "A @ 540")}, "xy",
    ),
    "part two before part one": (
        with_level(
            hours(talk("x", 60, part_of="c", part=1), talk("y", 60, part_of="c", part=2),
                  pins=(Pin("y", start=at("9:00")),)),
            parts_consecutive=Level.OFF,
        ),
        {("parts-in-order", "x + y"), ("pins", "y")}, "xy",
    ),
    "parts that are pinned apart": (
        hours(talk("x", 60, part_of="c", part=1), talk("y", 60, part_of="c", part=2),
              pins=(Pin("x", "A"), Pin("y", "B"))),
        {("parts-consecutive", "x + y"), ("pins", "x"), ("pins", "y")}, "xy",
    ),
    "a pin when the room is closed": (
        hours(talk("x", 60), pins=(Pin("x", "A", at("14:00")),)), {("pins", "x")}, "x",
    ),
    "two pins in one place": (
        hours(talk("x", 60), talk("y", 60),
              pins=(Pin("x", "A", at("9:00")), Pin("y", "A", at("9:00")))),
        {("pins", "x"), ("pins", "y")}, "xy",
    ),
    "three parts one after the other in two hours": (
        with_level(
            hours(*(talk(name, 60, part_of="c", part=n) for n, name in enumerate("xyz"))),
            parts_consecutive=Level.OFF,
        ),
        {("parts-in-order", "x + y"), ("parts-in-order", "y + z")}, "xyz",
    ),
    "part one by somebody who comes late": (
        with_level(
            hours(by("ada", part_of="c", part=1), talk("y", 60, part_of="c", part=2),
                  speakers=(there("ada", ("10:00", "11:00")),)),
            parts_consecutive=Level.OFF,
        ),
        {("availability", "ada"), ("parts-in-order", "x + y")}, "xy",
    ),
    "three sponsored talks in two hours": (
        hours(*(talk(name, 60, sponsored=True) for name in "xyz")),
        {("sponsored-apart", f"{a} + {b}") for a, b in ("xy", "xz", "yz")}, "xyz",
    ),
    "two sponsors who come at the same time": (
        hours(by("ada", sponsored=True), talk("y", 60, sponsored=True, speakers=("ben",)),
              speakers=(there("ada", ONE), there("ben", ONE))),
        {("availability", "ada"), ("availability", "ben"), ("sponsored-apart", "x + y")}, "xy",
    ),
    "one talk a day for somebody who is there on one day": (
        hours(by("ada"), talk("y", 60, speakers=("ada",)), days=2, talks_per_day=1,
              speakers=(there("ada", TWO),)),
        {("availability", "ada"), ("talks-per-day", "ada")}, "xy",
    ),
    "one talk a day and both pinned to the same": (
        hours(by("ada"), talk("y", 60, speakers=("ada",)), days=2, talks_per_day=1,
              pins=(Pin("x", start=at("9:00")), Pin("y", start=at("10:00")))),
        {("pins", "x"), ("pins", "y"), ("talks-per-day", "ada")}, "xy",
    ),
    "three talks for two hours of the only piano": (
        hours(*(talk(name, 60, needs=frozenset({"piano"})) for name in "xyz"), talk("w", 60),
              rooms=(Room("A", "Attic"), Room("B", "Ballroom", equipment=frozenset({"piano"})))),
        {("equipment", name) for name in "xyz"}, "xyz",
    ),
    "the piano upstairs, the seats and the camera elsewhere": (
        hours(talk("x", 60, needs=frozenset({"piano"}), audience=150),
              rooms=(Room("A", "Attic", 200, frozenset({"piano"}), records=False),
                     Room("B", "Ballroom", 200), Room("C", "Cave", 10, frozenset({"piano"})))),
        {("capacity", "x"), ("equipment", "x"), ("recording", "x")}, "x",
    ),
    "no time to change over before lunch": (
        hours(*(talk(name, 60) for name in "xyz"), rooms="A", open_=("9:00", "13:00"), every=15,
              breaks=(Break("lunch", "Lunch", at("11:00"), at("12:00")),), changeover_minutes=15),
        {("breaks", "lunch"), ("changeover", "A")}, "xyz",
    ),
    "three tracks for two blocks": (
        with_level(
            hours(*(talk(name, 60, track=name) for name in "xyz")), one_track_a_block=Level.FORBID
        ),
        {("one-track-a-block", "A @ 540"), ("one-track-a-block", "B @ 540")}, "xyz",
    ),
    "no way in the time that the speaker has": (
        hours(by("ada", rooms=frozenset("A")), talk("y", 60, speakers=("ada",)), every=10,
              open_=("9:00", "12:00"), walk_minutes=10, speakers=(there("ada", TWO),),
              pins=(Pin("y", "B"),)),
        {("availability", "ada"), ("chosen-rooms", "x"), ("pins", "y"), ("speaker-once", "ada")},
        "xy",
    ),
    "a wish of most that is strict here: the speaker's night": (
        with_level(
            hours(by("ada"), open_=("15:00", "17:00"),
                  speakers=(Speaker("ada", "Ada", zone=ZoneInfo("Pacific/Auckland")),)),
            time_zones=Level.FORBID,
        ),
        {("time-zones", "ada")}, "x",
    ),
    "a wish of most that is strict here: one track, one talk at a time": (
        with_level(
            hours(talk("x", 60, track="red"), talk("y", 60, track="red"), open_=ONE),
            same_track_apart=Level.BLOCK_RELEASE,
        ),
        {("same-track-apart", "x + y")}, "xy",
    ),
    "a wish of most that is strict here: beginners first": (
        with_level(
            hours(talk("x", 60, track="red", level=1), talk("y", 60, track="red", level=2),
                  pins=(Pin("y", start=at("9:00")),)),
            beginners_first=Level.FORBID,
        ),
        {("beginners-first", "x + y"), ("pins", "y")}, "xy",
    ),
    "a wish of most that is strict here: a room left empty": (
        with_level(hours(talk("x", 60), talk("y", 60), open_=ONE), slack=Level.FORBID),
        {("slack", "")}, "xy",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_it_is_explained_by_exactly_the_rules_at_fault(name):
    problem, rules, talks = IMPOSSIBLE[name]
    found = explain(problem, seconds=5, deterministic=True)
    expected = {Cause(*one) for one in rules} | {Cause(IN_THE_PROGRAMME, one) for one in talks}
    assert {statement.cause for statement in found.contradiction} == expected
    assert all(statement.sentence.endswith(".") for statement in found.contradiction)
    assert found.cheapest
    assert {statement.cause for statement in found.repairs} < expected
    after = repaired(problem, found.repairs)
    plan = solve(after, seconds=1, deterministic=True)
    assert len(plan.timetable) == len(after.talks)


def test_what_is_off_is_never_at_fault():
    problem = IMPOSSIBLE["two plenaries in one hour"][0]
    rules = RuleBook({"plenary": Setting(Level.OFF)})
    assert explain(
        make_problem(*problem.talks, hours=ONE, every=60, rules=rules),
        seconds=5,
        deterministic=True,
    ).everything_fits
