"""Walking from plan to plan of blocks: what a step costs, what it keeps, and where it leads."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from random import Random

import pytest

from cfp.schedule.csplib.instance import Instance, from_sheets
from cfp.schedule.csplib.moves import MOVES
from cfp.schedule.csplib.penalties import Place, evaluate, faults
from cfp.schedule.csplib.standing import Prices, Standing
from cfp.schedule.csplib.walk import Walk
from tests.schedule.block_conferences import RECIPES, make

RICH = RECIPES["everything"].with_(full=0.6, sessions=9)


def begun(seed: int = 1) -> tuple[Instance, Sequence[Place]]:
    """A conference, and a plan in which each track has cells of its own, not quite full."""
    instance = from_sheets(make(RICH, seed))
    cells = [(s, room) for s in range(RICH.sessions) for room in range(RICH.rooms)]
    free, taken, plan = iter(cells), {}, []
    for talk in instance.talks:
        session, room, used = taken.get(talk.track, (0, 0, 99))
        while used + talk.slots > instance.sessions[session].slots - bool(used):
            (session, room), used = next(free), 0
        plan.append(Place(session, room, used))
        taken[talk.track] = session, room, used + talk.slots
    return instance, plan


@pytest.mark.parametrize("move", [move for move, _ in MOVES], ids=lambda move: move.__name__)
def test_a_step_costs_what_the_plan_costs_afterwards_and_can_be_undone(move):
    instance, plan = begun()
    now, rng, steps = Standing(instance, Prices(instance), plan), Random(5), 0  # noqa: S311
    for _ in range(400):
        change = move(rng, now, rng.randrange(len(plan)))
        if change is None:
            continue
        before, cost = now.plan(), now.cost
        undo = now.change(change)
        steps += now.plan() != before
        assert not faults(instance, now.plan())
        if rng.random() < 0.1:
            assert now.cost == evaluate(instance, now.plan()).objective
        if rng.random() < 0.5:
            now.change(undo)
            assert (now.plan(), now.cost) == (before, cost)
    assert steps > 5


def test_a_walk_ends_at_the_best_plan_that_it_has_seen():
    instance, plan = begun(seed=2)
    looks = count()
    walk = Walk(instance, Prices(instance), Random(1))  # noqa: S311
    cost, found = walk.on(plan, lambda: next(looks) > 40)
    assert not faults(instance, found)
    assert cost == evaluate(instance, found).objective
    assert cost < evaluate(instance, plan).objective
