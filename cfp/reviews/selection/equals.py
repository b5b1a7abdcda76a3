"""All choices that are worth as much as the best: between whom the lot decides, and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint

from cfp.reviews.selection.programme import UNIT, Floats, Integers, Programme, solved

AT_ONCE = 12  # lots that one programme weighs, each twice the next: far above its tolerance


@dataclass
class Equals:
    """All best choices at once; ``least`` and ``most`` of a group are what is decided by now."""

    programme: Programme
    choice: Integers  # one of them
    least: Integers
    most: Integers

    @classmethod
    def of(cls, programme: Programme, best: Integers) -> Equals:
        is_open = ~programme.settled(best)
        zeros = np.zeros_like(best)
        least, most = np.where(is_open, zeros, best), np.where(is_open, programme.most, best)
        return cls(programme, best, least, most)

    def other(self, wishes: Floats, lots: Sequence[int] = ()) -> Integers:
        """The best choice that has most of the wishes, and of the lots whoever is drawn first.

        ``lots`` are the groups whose next member is drawn, in this order.
        """
        programme, free = self.programme, np.flatnonzero(self.least < self.most)
        table = np.vstack([programme.table, programme.worth / UNIT])
        worth = (programme.value(self.choice) - 0.5) / UNIT
        taken = table @ np.where(self.least < self.most, 0, self.least)
        low = np.append(programme.low, worth) - taken
        high = np.append(programme.high, np.inf) - taken
        drawn = sorted(set(lots))
        belongs = np.array([[float(lot == group) for lot in lots] for group in drawn])
        reach = np.array([(free == group).astype(np.float64) for group in drawn])
        table = table[:, free]
        if lots:
            table = np.block([[table, np.zeros((len(table), len(lots)))], [reach, -belongs]])
            low = np.append(low, self.least[drawn])
            high = np.append(high, np.full(len(drawn), np.inf))
        found = solved(
            np.append(wishes[free], [1 << place for place in range(len(lots))][::-1]),
            Bounds(
                np.append(self.least[free], np.zeros(len(lots))),
                np.append(self.most[free], np.ones(len(lots))),
            ),
            LinearConstraint(table, low, high),
        )
        if found is None:
            return self.choice
        choice = self.least.copy()
        choice[free] = found[: len(free)]
        return choice

    def loose(self) -> set[int]:
        """The groups some of whose members are in one best choice and out of another.

        Where only a part of a group is in, all of it; else each step asks for the best choice in
        which as many others as can be are neither all in nor all out. First by one member, so that
        each step finds many; then by any number. Once there is none, there is none.
        """
        size = np.array([len(group) for group in self.programme.groups])
        found = set(np.flatnonzero((self._part() > 0) & (self._part() < size)).tolist())
        few = True
        while rest := [n for n in range(len(size)) if n not in found and self._is_open(n)]:
            changed = self._changed(rest, few=few)
            if not changed and not few:
                break
            few = few and bool(changed)
            found |= changed
        return found

    def _changed(self, groups: list[int], *, few: bool) -> set[int]:
        """The most of these groups in which another best choice differs, by one member or more."""
        wishes, now = np.zeros(len(self.choice)), self.choice[groups]
        wishes[groups] = np.where(now > 0, -1.0, 1.0)
        kept = self.least, self.most
        if few:
            self.least, self.most = self.least.copy(), self.most.copy()
            self.least[groups] = np.maximum(self.least[groups], now - 1)
            self.most[groups] = np.minimum(self.most[groups], now + 1)
        other = self.other(wishes)
        self.least, self.most = kept
        return {n for n in groups if other[n] != self.choice[n]}

    def _part(self) -> Integers:
        return self.choice[: len(self.programme.groups)]

    def _is_open(self, group: int) -> bool:
        return bool(self.least[group] < self.most[group])

    def draw(self, lots: Sequence[int]) -> Integers:
        """The best choice that the lot takes: with whoever is drawn first, and so on, in groups."""
        left = list(lots)
        while left := [group for group in left if self._is_open(group)]:
            few, left = left[:AT_ONCE], left[AT_ONCE:]
            if any(few.count(n) > self.choice[n] - self.least[n] for n in few):
                self.choice = self.other(np.zeros(len(self.choice)), few)
            for group in few:
                if self._is_open(group) and self.choice[group] > self.least[group]:
                    self.least[group] += 1
                else:
                    self.most[group] = self.least[group]  # who comes later comes later
        return self.choice
