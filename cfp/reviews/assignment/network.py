"""The plan as a flow from proposals to reviewers, solved by OR-Tools.

For the worker and the command line only: OR-Tools is imported where it is used.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from cfp.reviews.assignment.grid import UTTERLY, Grid, Integers
from cfp.reviews.assignment.problem import Wishes
from cfp.reviews.conflicts import Pair

LOTS = 64  # how many different lots a pair can draw
LOAD = 7  # displeasure that one unit of the sum of squared loads weighs at balance one half


class Rates(NamedTuple):
    """What one unit of each costs; the lot decides below one unit of load and displeasure."""

    load: int
    displeasure: int
    lot: int
    coverage: int


class Arcs(NamedTuple):
    """Parallel arrays, one entry an arc; every arc carries one unit."""

    tails: Integers
    heads: Integers
    costs: Integers


def exchange_rates(grid: Grid, wishes: Wishes) -> Rates:
    """Weights by which one cheapest flow respects the whole order of importance.

    A flow is cheapest when no cycle of changes improves it, and a cycle meets each proposal, each
    reviewer, the source and the sink once at most. What is more important need only outweigh that,
    so that everything stays within 64 bits (5,000 proposals and 500 reviewers: 18 digits).
    """
    longest = min(grid.shape) + 1
    steepest = 2 * int((grid.loads + grid.room).max(initial=0))  # the last review of anybody
    hundredths = round(100 * wishes.balance)
    load, displeasure = LOAD * hundredths, 100 - hundredths
    if displeasure == 0:
        load, displeasure = UTTERLY * longest, 1
    elif load == 0:
        load, displeasure = 1, steepest + 1
    lot = LOTS * longest
    coverage = lot * (load * steepest + displeasure * UTTERLY * longest + 1)
    return Rates(load, displeasure, lot, coverage)


def cheapest_flow(grid: Grid, rates: Rates, seed: int) -> list[Pair]:
    """The pairs to add: as many as possible, at the least cost."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # noqa: PLC0415

    wanted, room = grid.wanted, grid.room
    demand = min(int(wanted.sum()), int(room.sum()))
    if demand == 0:
        return []
    source = sum(grid.shape)
    sink = source + 1
    rows, columns = np.nonzero(grid.is_open)
    parts = [
        _reviews(grid, rates, rows, columns, seed),
        _coverage(grid.covered, wanted, rates, source),
        _loads(grid.loads, room, rates, grid.shape[0], sink),
    ]
    tails, heads, costs = (np.concatenate(column) for column in zip(*parts, strict=True))
    flow = SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tails, heads, np.ones_like(tails), costs)
    flow.set_nodes_supplies(np.array([source, sink]), np.array([demand, -demand]))
    status = flow.solve_max_flow_with_min_cost()
    if status != flow.OPTIMAL:
        raise RuntimeError(f"the flow of reviews ended with {status}")
    taken = np.flatnonzero(flow.flows(arcs[: len(rows)]))
    return [grid.pair(int(rows[arc]), int(columns[arc])) for arc in taken]


def _reviews(grid: Grid, rates: Rates, rows: Integers, columns: Integers, seed: int) -> Arcs:
    """Proposal to reviewer: the displeasure, and a lot among equals."""
    lots = np.random.default_rng(seed).integers(0, LOTS, size=grid.shape)
    costs = rates.lot * rates.displeasure * grid.displeasure + lots
    return Arcs(rows, grid.shape[0] + columns, costs[rows, columns])


def _coverage(covered: Integers, wanted: Integers, rates: Rates, source: int) -> Arcs:
    """Source to proposal: where reviewers are short, nobody's third review before one's second."""
    proposals, costs = _steps(covered, wanted)
    return Arcs(np.full_like(proposals, source), proposals, rates.coverage * costs)


def _loads(loads: Integers, room: Integers, rates: Rates, first: int, sink: int) -> Arcs:
    """Reviewer to sink: each further review of the same reviewer costs more."""
    reviewers, costs = _steps(loads, room)
    return Arcs(first + reviewers, np.full_like(reviewers, sink), rates.lot * rates.load * costs)


def _steps(have: Integers, more: Integers) -> tuple[Integers, Integers]:
    """Up to `more` arcs for each node, costing what the square of the node's number grows by."""
    nodes = np.repeat(np.arange(len(have)), more)
    numbers = np.arange(len(nodes)) - np.repeat(np.cumsum(more) - more, more)
    return nodes, 2 * (have[nodes] + numbers) + 1
