"""Twenty-two impossible conferences: each is explained by exactly the rules that are at fault."""

from __future__ import annotations

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
        hours(by("ada"), talk("y", 60, speakers=("ada",)), open_=ONE), set(), "xy",
    ),
    "a chair who speaks elsewhere": (
        hours(by("ada"), talk("y", 60, chairs=("ada",)), open_=ONE), set(), "xy",
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
        {("chosen-rooms", "x"), ("chosen-rooms", "y")}, "xy",
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
