"""Why not everything fits: counts, the smallest contradiction, the cheapest way out."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from cfp.schedule.problem import Answer, Availability, Break, Pin, Problem, Room, Speaker
from cfp.schedule.rules import clashes
from cfp.schedule.solver.causes import IN_THE_PROGRAMME, Cause, price
from cfp.schedule.solver.explain import Statement, explain, repaired
from cfp.schedule.solver.grid import Grid
from cfp.schedule.solver.run import solve
from cfp.schedule.solver.suspects import Suspects
from tests.schedule.puzzles import at, every_plan, make_problem, place, problems, talk


def small():
    return st.one_of(
        problems(most_talks=3, most_days=1, slots=4, levels=True),
        problems(most_talks=4, most_days=1, most_rooms=1, slots=6),
    )


def fits(problem: Problem) -> bool:
    return any(len(plan) == len(problem.talks) for plan in every_plan(problem))


def without(problem: Problem, causes) -> Problem:
    return repaired(problem, [Statement("", cause) for cause in causes])


@settings(max_examples=25, deadline=None)
@given(small())
def test_says_that_everything_fits_exactly_when_it_does(problem):
    explanation = explain(problem, seconds=10, deterministic=True)
    assert explanation.everything_fits == fits(problem)
    assert bool(explanation.contradiction) == (not fits(problem))
    assert not (explanation.checks and fits(problem))


@settings(max_examples=25, deadline=None)
@given(small())
def test_the_contradiction_is_one_and_nothing_in_it_is_superfluous(problem):
    explanation = explain(problem, seconds=10, deterministic=True)
    blamed = {statement.cause for statement in explanation.contradiction}
    others = Suspects(Grid(problem)).literal.keys() - blamed
    for cause in blamed:
        assert fits(without(problem, others | {cause}))
    if blamed:
        assert not fits(without(problem, others))


@settings(max_examples=25, deadline=None)
@given(small())
def test_no_cheaper_repair_makes_everything_fit(problem):
    explanation = explain(problem, seconds=10, deterministic=True)
    chosen = {statement.cause for statement in explanation.repairs}
    assert explanation.cheapest
    assert fits(without(problem, chosen))
    paid = sum(price(problem, cause) for cause in chosen)
    prices = {cause: price(problem, cause) for cause in Suspects(Grid(problem)).literal}
    for count in range(min(3, len(prices) + 1)):
        for causes in combinations(prices, count):
            if sum(prices[cause] for cause in causes) < paid:
                assert not fits(without(problem, causes))


def sentences(statements):
    return [statement.sentence for statement in statements]


def test_more_minutes_than_the_rooms_have():
    problem = make_problem(*(talk(f"t{n}") for n in range(5)), rooms="A", hours=("9:00", "11:00"))
    checks = explain(problem, seconds=5, deterministic=True).checks
    assert checks[0].startswith(
        "5 talks of 150 minutes in all fit only into the rooms, where there"
    )


def test_a_person_with_three_talks_and_two_free_hours():
    free = Availability(at("9:00"), at("11:00"), Answer.YES)
    ada = Speaker("ada", "Ada Lovelace", (free,), otherwise=Answer.NO)
    talks = [talk(f"t{n}", 60, speakers=("ada",)) for n in range(3)]
    problem = make_problem(*talks, hours=("9:00", "13:00"), speakers=(ada,))
    checks = explain(problem, seconds=5, deterministic=True).checks
    assert checks == [
        "Ada Lovelace has 3 talks of 180 minutes in all, but only 120 minutes to give."
    ]


def test_too_many_talks_for_the_rooms_that_can_take_them():
    rooms = (Room("A", "Aula", capacity=300), Room("B", "Cellar", capacity=50))
    talks = [talk(f"t{n}", 60, audience=200) for n in range(3)]
    problem = make_problem(*talks, rooms=rooms, hours=("9:00", "11:00"), every=60)
    explanation = explain(problem, seconds=5, deterministic=True)
    (check,) = explanation.checks
    assert check == (
        "3 talks of 180 minutes in all fit only into Aula, where there is 120 minutes: "
        "“Talk t0”, “Talk t1”, “Talk t2”."
    )
    assert len(explanation.repairs) == 1
    assert explanation.repairs[0].sentence.startswith("Put “Talk t")


def test_names_the_pin_and_the_person_that_contradict_each_other():
    away = Availability(at("9:00"), at("11:00"), Answer.NO)
    problem = make_problem(
        talk("x", speakers=("ada",)),
        talk("y"),
        speakers=(Speaker("ada", "Ada Lovelace", (away,)),),
        pins=(Pin("x", start=at("10:00")),),
    )
    explanation = explain(problem, seconds=5, deterministic=True)
    assert sentences(explanation.contradiction) == [
        "Ada Lovelace is only there at certain times.",
        "“Talk x” is pinned.",
        "“Talk x” (30 minutes) is in the programme.",
    ]
    assert sentences(explanation.repairs) == ["Unpin “Talk x”."]


def test_a_repaired_problem_has_a_plan_that_the_rule_book_accepts():
    lunch = Break("lunch", "Lunch", at("10:00"), at("11:00"))
    talks = [talk(f"t{n}", 60) for n in range(3)]
    problem = make_problem(*talks, rooms="A", every=60, hours=("9:00", "12:00"), breaks=(lunch,))
    repairs = explain(problem, seconds=5, deterministic=True).repairs
    assert sentences(repairs) == ["Let a talk run into the break “Lunch”."]
    after = repaired(problem, repairs)
    plan = solve(after, seconds=2, deterministic=True)
    assert len(plan.timetable) == 3
    assert not list(clashes(after, plan.timetable))


def test_leaving_out_a_talk_is_the_last_resort():
    problem = make_problem(
        talk("x", 60, priority=2), talk("y", 60), rooms="A", hours=("9:00", "10:00")
    )
    repairs = explain(problem, seconds=5, deterministic=True).repairs
    assert [statement.cause for statement in repairs] == [Cause(IN_THE_PROGRAMME, "y")]
    assert sentences(repairs) == ["Leave out “Talk y”."]


def test_what_follows_the_part_that_is_left_out_need_not_follow_what_came_before_it():
    parts = [talk(f"t{n}", 20, part_of="course", part=n) for n in (1, 2)]
    last = talk("t3", 50, part_of="course", part=3)
    away = Availability(at("9:00"), at("9:20"), Answer.NO)
    problem = make_problem(
        talk("t0", 20, speakers=("ada",)),
        *(replace(part, speakers=("ada",)) for part in parts),
        last,
        rooms="A",
        hours=("9:00", "10:40"),
        speakers=(Speaker("ada", "Ada Lovelace", (away,)),),
    )
    explanation = explain(problem, seconds=5, deterministic=True)
    assert explanation.cheapest
    assert fits(repaired(problem, explanation.repairs))
    assert not fits(problem)


def reason(problem: Problem, name: str) -> str:
    return dict(solve(problem, seconds=0.2, deterministic=True).unplaced)[name]


def test_tells_which_rules_stand_in_the_way_of_a_talk():
    rooms = (Room("A", "Aula", 300), Room("B", "Cellar", 50))
    mornings = Availability(at("9:00"), at("10:00"), Answer.YES)
    ada = Speaker("ada", "Ada Lovelace", (mornings,), otherwise=Answer.NO)
    problem = make_problem(
        talk("keynote", 60, audience=200, priority=5),
        talk("x", 60, audience=120, speakers=("ada",)),
        rooms=rooms,
        every=60,
        speakers=(ada,),
        pins=(Pin("keynote", "A", at("9:00")),),
    )
    why = reason(problem, "x")
    assert why == "No free 60 minutes while Ada Lovelace is there in a room with 120 seats."


def test_tells_when_not_even_an_empty_house_would_do():
    problem = make_problem(talk("x", needs=frozenset({"piano"})))
    assert reason(problem, "x") == "No 30 minutes in a room with piano, even in an empty house."


def test_tells_when_no_room_is_open_for_so_long():
    problem = make_problem(talk("x", 240), hours=("9:00", "12:00"))
    assert reason(problem, "x") == "No room is ever open for 240 minutes at a stretch."


def test_does_not_blame_what_is_not_to_blame():
    full = [talk(f"t{n}", 60, priority=2) for n in range(3)]
    extra = talk("x", 60, speakers=("ada",), audience=10, recorded=True)
    problem = make_problem(*full, extra, rooms="A", every=60)
    problem = replace(problem, speakers=(Speaker("ada", "Ada"),))
    assert reason(problem, "x") == "No free 60 minutes."
    assert place("A", "9:00") in solve(problem, seconds=0.2, deterministic=True).timetable.values()
