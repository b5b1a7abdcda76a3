"""Blocks in a model: which tracks have talks in a room between two breaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ortools.sat.python.cp_model import IntVar, LinearExpr

from cfp.schedule.problem import Talk
from cfp.schedule.rules.blocks import BlocksHaveOneTrack, block_name, blocks, inside
from cfp.schedule.solver.charges import Amounts
from cfp.schedule.solver.grid import Mask, minutes_of, span_mask
from cfp.schedule.solver.model import Berth, Model

KEY = BlocksHaveOneTrack.key


@dataclass
class Shared:
    """One block, and a literal for each track that free talks may bring into it."""

    name: str
    fixed: set[str]
    free: dict[str, IntVar] = field(default_factory=dict)

    def too_many(self) -> LinearExpr:
        """How many tracks are there beyond the first; not below nought only if any are."""
        others = [used for track, used in self.free.items() if track not in self.fixed]
        return LinearExpr.sum(others) + len(self.fixed) - 1


def shared_blocks(model: Model) -> Iterator[Shared]:
    """Blocks that more than one track could come into."""
    for room, spans in blocks(model.grid.problem).items():
        spots = model.layout.in_room[room].values()
        for block in spans:
            here = {s.talk.track for s in spots if s.talk.track and inside(s, block)}
            shared = Shared(block_name(room, block), here)
            for talk in model.talks.values():
                for berth in model.at[talk.id] if talk.track else ():
                    if berth[0] == room:
                        _may_come(model, shared, talk, berth, _reaching(talk, block))
            if shared.free and len(shared.free.keys() | here) > 1:
                yield shared


def _reaching(talk: Talk, block: tuple[int, int]) -> Mask:
    return span_mask(block[0] - talk.minutes + 1, block[1])


def _may_come(model: Model, shared: Shared, talk: Talk, berth: Berth, reaching: Mask) -> None:
    """If the talk is in the block, so is its track."""
    starts, there = model.starts[talk.id][berth], model.at[talk.id][berth]
    if not starts & reaching or talk.track is None:
        return
    if talk.track not in shared.free:
        shared.free[talk.track] = model.cp.new_bool_var(f"{talk.track} in {shared.name}")
    used = shared.free[talk.track]
    if not starts & ~reaching:
        model.cp.add_implication(there, used)
        return
    away = model.domain(minutes_of(starts & ~reaching))
    elsewhere = model.cp.add_linear_expression_in_domain(model.start[talk.id], away)
    elsewhere.only_enforce_if(there, ~used)


def a_block_holds_one_track(model: Model) -> None:
    """Strictly; what fixed talks ask for is in the domains already."""
    for shared in shared_blocks(model):
        if not model.grid.waived(KEY, shared.name):
            model.cp.add(LinearExpr.sum(list(shared.free.values())) <= 1)


def blocks_hold_one_track(model: Model) -> Amounts:
    """As a wish: each further track counts."""
    if model.grid.strictly(KEY):
        return
    for shared in shared_blocks(model):
        most = len(shared.free) + len(shared.fixed) - 1
        if most > 0 and not model.grid.waived(KEY, shared.name):
            over = model.cp.new_int_var(0, most, f"tracks too many in {shared.name}")
            model.cp.add(over >= shared.too_many())
            yield over, most
