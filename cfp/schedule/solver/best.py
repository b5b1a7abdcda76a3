"""The best plan so far, checked by the rule book, and what is known about how good one can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from cfp.schedule.problem import Timetable
from cfp.schedule.rules import book
from cfp.schedule.solver.budget import Budget
from cfp.schedule.solver.grid import Grid, Position

Score = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """What a run tells while it works; `best` and `bound` by tier, as in `rules.score`."""

    best: Score
    bound: Score
    placed: int
    talks: int
    seconds: float


class Best:
    """Only a plan without strict clashes that costs no more than the last one becomes the best."""

    def __init__(
        self, grid: Grid, budget: Budget, on_progress: Callable[[Progress], None] | None = None
    ) -> None:
        self.grid = grid
        self.budget = budget
        self.on_progress = on_progress
        self.positions: dict[str, Position] = {}
        self.score = book.score(grid.problem, Timetable())
        self.bound: Score = tuple(0 for _ in self.score)
        self.complete_after: float | None = None

    @property
    def optimal(self) -> bool:
        return self.score == self.bound

    @property
    def unplaced(self) -> list[str]:
        return [name for name in self.grid.problem.talk if name not in self.positions]

    def offer(self, positions: Mapping[str, Position]) -> bool:
        """Take this plan if it is no worse; says whether it is better."""
        problem, timetable = self.grid.problem, self.grid.timetable(dict(positions))
        score = book.score(problem, timetable)
        if score > self.score or positions == self.positions:
            return False
        if next(self._strict_clashes(timetable), None) is not None:
            return False
        better = score < self.score
        self.positions, self.score = dict(positions), score
        if better:
            self.tell()
        return better

    def offer_sound_part(self, positions: Mapping[str, Position]) -> None:
        """Take what is left of this plan once the talks that clash are out of it."""
        left = dict(positions)
        while clash := next(self._strict_clashes(self.grid.timetable(left)), None):
            del left[clash.talks[-1]]
        self.offer(left)

    def _strict_clashes(self, timetable: Timetable) -> Iterator[book.Clash]:
        for clash in book.clashes(self.grid.problem, timetable):
            if clash.level in book.STRICT or book.rule(clash.rule).physical:
                yield clash

    def learn(self, bound: Score) -> None:
        """No plan is better than this."""
        if bound > self.bound:
            self.bound = bound
            self.tell()

    def tell(self) -> None:
        if not self.unplaced and self.complete_after is None:
            self.complete_after = self.budget.elapsed
        if self.on_progress:
            placed, talks = len(self.positions), len(self.grid.problem.talks)
            report = Progress(self.score, self.bound, placed, talks, self.budget.elapsed)
            self.on_progress(report)
