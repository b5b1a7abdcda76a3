"""A plan of blocks is written as CSPLib's sheet and read again; broken sheets are refused."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfp.schedule.csplib import solution
from cfp.schedule.csplib.instance import from_sheets
from tests.schedule.test_csplib_penalties import (
    Sheets,
    make_sheets,
    puzzles,
    random_plan,
    talk,
)


@given(puzzles(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_what_is_written_is_read_again(sheets: Sheets, rng: Random) -> None:
    instance = from_sheets(sheets)
    plan = random_plan(instance, rng)
    assert solution.from_rows(instance, solution.to_rows(instance, plan)) == plan


def test_what_is_written_to_a_file_is_read_again(tmp_path: Path) -> None:
    instance = from_sheets(make_sheets([talk("a", "Ants"), talk("b", "Bees")]))
    plan = random_plan(instance, Random(1))  # noqa: S311  a repeatable plan
    solution.write(tmp_path / "plan.xlsx", instance, plan)
    assert solution.read(tmp_path / "plan.xlsx", instance) == plan


def test_refuses_a_missing_talk_an_unknown_one_and_a_cell_without_a_track() -> None:
    instance = from_sheets(make_sheets([talk("a", "Ants")]))
    rows = solution.to_rows(instance, [(solution.Place(0, 0, 0))])
    for line, sentence, name in (
        (5, "has no place", None),
        (5, "no talk", "z"),
        (1, "without a track", None),
    ):
        broken = [list(row) for row in rows]
        broken[line][1] = name
        with pytest.raises(ValueError, match=sentence):
            solution.from_rows(instance, broken)


def test_refuses_a_talk_torn_apart() -> None:
    instance = from_sheets(make_sheets([["a", "Ants", 2, 0, "GMT+0", None, None]]))
    rows = solution.to_rows(instance, [(solution.Place(0, 0, 0))])
    rows[6][1], rows[7][1] = None, "a"
    with pytest.raises(ValueError, match="consecutive"):
        solution.from_rows(instance, rows)
