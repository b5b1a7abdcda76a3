"""Conferences of blocks are planned well: as trying everything, or as proven for real ones."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings

from cfp.schedule.cli import schedule
from cfp.schedule.csplib import instance as instances
from cfp.schedule.csplib import solution
from cfp.schedule.csplib.blocks import solve
from cfp.schedule.csplib.instance import Instance, from_sheets
from cfp.schedule.csplib.penalties import Place, evaluate, faults
from tests.schedule.test_csplib_penalties import Sheets, make_sheets, puzzles, real, talk


def every_plan(instance: Instance) -> Iterator[list[Place]]:
    spots = [
        Place(session, room, slot)
        for session, told in enumerate(instance.sessions)
        for room in range(len(instance.rooms))
        for slot in range(told.slots)
    ]
    for plan in product(spots, repeat=len(instance.talks)):
        if not faults(instance, plan):
            yield list(plan)


@given(puzzles())
@settings(max_examples=8, deadline=None)
def test_never_claims_a_bound_above_the_best_of_all_plans(sheets: Sheets) -> None:
    sheets["submissions"] = sheets["submissions"][:3]
    instance = from_sheets(sheets)
    best = min(evaluate(instance, plan).objective for plan in every_plan(instance))
    found = solve(instance, 1)
    assert found is not None
    assert found.bound <= best <= found.objective


def test_keeps_one_track_a_room_and_the_order() -> None:
    talks = [talk(f"a{n}", "Ants", order=n) for n in (3, 1, 2)]
    talks += [talk("b", "Bees", who="Ada"), talk("c", "Cats", who="Ada")]
    found = solve(from_sheets(make_sheets(talks)), 5)
    assert found is not None
    assert found.objective == 0
    assert found.is_optimal


def test_packs_long_talks_where_they_fit() -> None:
    talks = [[f"a{n}", "Ants", 2, 0, "GMT+0", None, None] for n in range(6)]
    instance = from_sheets(make_sheets(talks))
    found = solve(instance, 5)
    assert found is not None
    assert not faults(instance, found.plan)


def test_plans_nothing_where_there_is_too_little_room() -> None:
    talks = [[f"a{n}", "Ants", 2, 0, "GMT+0", None, None] for n in range(7)]
    assert solve(from_sheets(make_sheets(talks)), 2) is None


@pytest.mark.slow
def test_the_command_plans_n2or_to_its_proven_best(tmp_path: Path) -> None:
    source, target = real("N2OR"), tmp_path / "plan.xlsx"
    told = CliRunner().invoke(
        schedule, ["benchmark", str(source), "--seconds", "15", "--out", str(target)]
    )
    assert "1 (optimal)" in told.output
    instance = instances.read(source)
    plan = solution.read(target, instance)
    assert not faults(instance, plan)
    assert evaluate(instance, plan).objective == 1
