"""The best plan so far, checked by the rule book, and what is known about how good one can be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cfp.schedule.rules import book
from cfp.schedule.rules.board import Board
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
        self._now = self._board({})
        self.score = book.score_of(self._now)
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
        board = self._board(positions)
        score = book.score_of(board)
        if score > self.score or positions == self.positions:
            return False
        if next(book.breaks_a_strict_rule(board), None) is not None:
            return False
        better = score < self.score
        self.positions, self.score, self._now = dict(positions), score, board
        if better:
            self.tell()
        return better

    def offer_sound_part(self, positions: Mapping[str, Position]) -> None:
        """Take what is left of this plan once the talks that clash are out of it."""
        left = dict(positions)
        while clash := next(book.breaks_a_strict_rule(self._board(left)), None):
            del left[clash.talks[-1]]
        self.offer(left)

    @property
    def board(self) -> Board:
        """The best plan as the rules look at it."""
        return self._now

    def _board(self, positions: Mapping[str, Position]) -> Board:
        return Board(self.grid.problem, self.grid.timetable(dict(positions)))

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
