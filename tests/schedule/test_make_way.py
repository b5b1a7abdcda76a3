"""A long talk finds a place where others were: these go elsewhere, or everything stays."""

from __future__ import annotations

import pytest

from cfp.schedule.problem import Opening, Pin, Room, SlotRaster
from cfp.schedule.solver.eject import make_way
from cfp.schedule.solver.grid import Grid
from cfp.schedule.solver.layout import Layout
from tests.schedule.puzzles import at, make_problem, talk

HOUR = SlotRaster(60)


def laid_out(*, second_room_until: str, pins=()):
    """A day in the hall with two talks in it, and another room for some hours."""
    problem = make_problem(
        *(talk("long", 240), talk("x", 60), talk("y", 60)),
        rooms=(Room("A", "Hall"), Room("B", "Attic")),
        openings=(
            Opening("A", at("9:00"), at("13:00"), HOUR),
            Opening("B", at("9:00"), at(second_room_until), HOUR),
        ),
        pins=pins,
    )
    layout = Layout(Grid(problem))
    for name, clock in (("x", "9:00"), ("y", "12:00")):
        layout.put(name, ("A", problem.minute(at(clock))))
    return problem, layout


def never() -> bool:
    return False


def test_who_is_in_the_way_goes_elsewhere():
    problem, layout = laid_out(second_room_until="11:00")
    assert make_way(layout, problem.talk["long"], never)
    assert layout.positions["long"] == ("A", problem.minute(at("9:00")))
    assert {layout.positions[name][0] for name in "xy"} == {"B"}


@pytest.mark.parametrize(
    ("until", "pins"), [("10:00", ()), ("11:00", (Pin("x", "A", at("9:00")),))]
)
def test_nobody_goes_where_not_all_find_a_place_or_somebody_is_pinned(until, pins):
    problem, layout = laid_out(second_room_until=until, pins=pins)
    before = layout.positions
    assert not make_way(layout, problem.talk["long"], never)
    assert layout.positions == before
