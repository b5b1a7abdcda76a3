"""What the quotas still leave after the chair's own decisions, and the choice that fills it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

from cfp.reviews.selection.exchange import loose_cells
from cfp.reviews.selection.quotas import Bounds, Candidate, Key, Quotas
from cfp.reviews.selection.table import Cell, Room, Table

POINT = 1_000_000  # scores count to six decimals: what differs by less is a tie


def points(candidate: Candidate) -> int | None:
    """The score in millionths, so that sums and comparisons are exact."""
    return None if candidate.score is None else round(candidate.score * POINT)


@dataclass(frozen=True, slots=True)
class Choice:
    """Who is in, and who is in one best choice and out of another, so that the lot decided."""

    chosen: frozenset[Key]
    undecided: frozenset[Key]


@dataclass(frozen=True, slots=True)
class Places:
    """The quotas, and how many of each format and track are in whatever happens."""

    quotas: Quotas
    formats: Counter[Key | None] = field(default_factory=Counter)
    tracks: Counter[Key | None] = field(default_factory=Counter)
    marks: Counter[Key] = field(default_factory=Counter)

    @classmethod
    def after(cls, quotas: Quotas, forced: Sequence[Candidate]) -> Places:
        """What the chair put in takes its place first."""
        formats = Counter(each.format for each in forced)
        marks = Counter(mark for each in forced for mark in each.marks)
        return cls(quotas, formats, Counter(each.track for each in forced), marks)

    def fill(self, candidates: Sequence[Candidate], order: Sequence[Key]) -> Choice:
        """The best choice: most places filled, then formats, then tracks, then score, then lot."""
        values = _values(candidates, order)
        cells: dict[Cell, list[Candidate]] = {}
        for candidate in sorted(candidates, key=lambda each: -values[each.id]):
            cells.setdefault((candidate.format, candidate.track), []).append(candidate)
        above_all = (1 + sum(values.values())) << len(order)
        table = Table(
            {cell: [values[each.id] for each in members] for cell, members in cells.items()},
            self._formats(above_all * (1 + len(candidates))),
            self._tracks(above_all),
        )
        taken = table.fill(max(self.quotas.total - self.formats.total(), 0))
        more, fewer = loose_cells(table, lots=len(order))
        loose = [(cell, cells[cell][taken[cell]]) for cell in more]
        loose += [(cell, cells[cell][taken[cell] - 1]) for cell in fewer]
        return Choice(
            frozenset(each.id for cell in cells for each in cells[cell][: taken[cell]]),
            # Who shares cell and score with a loose proposal can stand in for it.
            frozenset(
                each.id
                for cell, last in loose
                for each in cells[cell]
                if points(each) == points(last)
            ),
        )

    def can_swap(self, chosen: Counter[Cell], inside: Cell, outside: Cell) -> bool:
        """Whether one in the second cell may replace one in the first with no quota worse met."""
        after = chosen + Counter([outside])
        after.subtract([inside])
        return self._is_allowed(after) and self._met(after) == self._met(chosen)

    def _met(self, chosen: Counter[Cell]) -> tuple[int, int]:
        """How many of the wanted are there: of the formats, of the tracks."""
        formats, tracks = self._counts(chosen)
        return (
            sum(min(formats[key], number) for key, number in self.quotas.formats.items()),
            sum(min(tracks[key], bounds.minimum) for key, bounds in self.quotas.tracks.items()),
        )

    def _is_allowed(self, chosen: Counter[Cell]) -> bool:
        """Nothing above its limit, other than by the chair alone."""
        formats, tracks = self._counts(chosen)
        return all(
            formats[key] <= max(number, self.formats[key])
            for key, number in self.quotas.formats.items()
        ) and all(
            tracks[key] <= max(most_of(bounds), self.tracks[key])
            for key, bounds in self.quotas.tracks.items()
        )

    def _counts(self, chosen: Counter[Cell]) -> tuple[Counter[Key | None], Counter[Key | None]]:
        formats, tracks = Counter(self.formats), Counter(self.tracks)
        for (format_, track), number in chosen.items():
            formats[format_] += number
            tracks[track] += number
        return formats, tracks

    def _formats(self, reward: int) -> Mapping[Key | None, Room]:
        left = {
            key: max(number - self.formats[key], 0) for key, number in self.quotas.formats.items()
        }
        return {key: Room(number, number, reward) for key, number in left.items()}

    def _tracks(self, reward: int) -> Mapping[Key | None, Room]:
        return {
            key: Room(
                max(bounds.minimum - self.tracks[key], 0),
                max(most_of(bounds) - self.tracks[key], 0),
                reward,
            )
            for key, bounds in self.quotas.tracks.items()
        }


def most_of(bounds: Bounds) -> float:
    """How many a track may get."""
    return inf if bounds.maximum is None else bounds.maximum


def _values(candidates: Sequence[Candidate], order: Sequence[Key]) -> dict[Key, int]:
    """Whole positive numbers whose sums compare like total scores first and lots second.

    A lot weighs twice what the next one weighs, and all lots together less than a millionth of a
    point. What has no score counts less than any sum of scores.
    """
    scores = {each.id: points(each) for each in candidates}
    given = [score for score in scores.values() if score is not None]
    lowest, highest = min(given, default=0), max(given, default=0)
    base = 1 + len(candidates) * (highest - lowest + 1)
    values = {}
    for number, key in enumerate(reversed(order)):
        score = scores[key]
        worth = 1 if score is None else base + score - lowest
        values[key] = (worth << len(order)) + (1 << number)
    return values
