"""Some talks on one day: the free ones that can be there, and the fixed ones that are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ortools.sat.python.cp_model import IntVar

from cfp.schedule.problem import Talk
from cfp.schedule.rules.board import Spot
from cfp.schedule.solver.grid import Mask
from cfp.schedule.solver.model import Berth, Model


@dataclass(frozen=True)
class Group:
    """Free talks, each with the literal that it is in the group, and fixed ones that are."""

    free: list[tuple[Talk, IntVar]]
    fixed: list[Spot]
    starts: list[tuple[Talk, Mask]]

    @property
    def literals(self) -> list[IntVar]:
        return [literal for _, literal in self.free]

    @property
    def hours(self) -> tuple[int, int]:
        """The earliest start and the latest end that any of the talks can have."""
        first = [(mask & -mask).bit_length() - 1 for _, mask in self.starts]
        last = [mask.bit_length() - 1 + talk.minutes for talk, mask in self.starts]
        first += [spot.start for spot in self.fixed]
        last += [spot.end for spot in self.fixed]
        return min(first), max(last)

    def may_exist(self, model: Model) -> IntVar:
        """A literal that can be true only if one of the free talks is in the group."""
        somebody = model.cp.new_bool_var("somebody")
        model.cp.add_bool_or(self.literals).only_enforce_if(somebody)
        return somebody

    def edges(self, model: Model) -> tuple[IntVar, IntVar]:
        """Not later than the first start, not earlier than the last end."""
        cp, hours = model.cp, self.hours
        first, last = cp.new_int_var(*hours, "first"), cp.new_int_var(*hours, "last")
        cp.add(first <= last)
        for talk, literal in self.free:
            cp.add(first <= model.start[talk.id]).only_enforce_if(literal)
            cp.add(last >= model.end(talk.id)).only_enforce_if(literal)
        if self.fixed:
            cp.add(first <= min(spot.start for spot in self.fixed))
            cp.add(last >= max(spot.end for spot in self.fixed))
        return first, last


def group_on(model: Model, day: date, talks: Iterable[Talk]) -> Group:
    """These talks on this day, in whatever room."""
    talks = list(talks)
    mine = [talk for talk in talks if talk.id in model.talks]
    there = [
        (talk, literal) for talk in mine if (literal := model.on_day(talk.id, day)) is not None
    ]
    starts = [
        (talk, mask)
        for talk, _ in there
        for berth, mask in model.starts[talk.id].items()
        if berth[1] == day
    ]
    return Group(there, model.fixed_on(day, talks), starts)


def group_at(model: Model, berth: Berth) -> Group:
    """All talks in one room on one day."""
    room, day = berth
    there = [
        (talk, model.at[talk.id][berth])
        for talk in model.talks.values()
        if berth in model.at[talk.id]
    ]
    starts = [(talk, model.starts[talk.id][berth]) for talk, _ in there]
    fixed = model.fixed_on(day, [spot.talk for spot in model.layout.in_room[room].values()])
    return Group(there, fixed, starts)
