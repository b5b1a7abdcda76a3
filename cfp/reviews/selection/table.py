"""The best choice from a table of formats by tracks, exactly and in milliseconds.

Each proposal lies in one cell. Places are filled one after the other; for each, the best chain of
changes is made: put one in here, take one out there in exchange, put one in elsewhere. That is the
successive shortest path algorithm for minimum-cost flow (Ahuja, Magnanti, Orlin, Network Flows,
1993, section 9.7), whose choice is the best of its size after every step. The network has a node
for each format and track, not for each proposal: plain Python is fast enough for a slider.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from cfp.reviews.selection.quotas import Key

Cell = tuple[Key | None, Key | None]  # format, track


@dataclass(frozen=True, slots=True)
class Room:
    """What a format or track still takes: at most `most`; the first `wanted` earn `reward` each."""

    wanted: int = 0
    most: float = inf
    reward: int = 0

    def next_gain(self, taken: int) -> int:
        """What the next one earns beyond its own value."""
        return self.reward if taken < self.wanted else 0


FREE = Room()


class Table:
    """A choice that grows. `cells`: each cell's values, best first."""

    def __init__(
        self,
        cells: Mapping[Cell, list[int]],
        formats: Mapping[Key | None, Room],
        tracks: Mapping[Key | None, Room],
    ) -> None:
        self.cells = cells
        self.formats = {format_: formats.get(format_, FREE) for format_, _ in cells}
        self.tracks = {track: tracks.get(track, FREE) for _, track in cells}
        self.taken = dict.fromkeys(cells, 0)
        self.by_format = dict.fromkeys(self.formats, 0)
        self.by_track = dict.fromkeys(self.tracks, 0)

    def fill(self, places: int) -> dict[Cell, int]:
        """Fill as many of the places as can be; how many of its best each cell gives."""
        for _ in range(places):
            chain = self._best_chain()
            if not chain:
                break
            self.by_format[chain[-1][0][0]] += 1
            self.by_track[chain[0][0][1]] += 1
            for cell, change in chain:
                self.taken[cell] += change
        return self.taken

    def _best_chain(self) -> list[tuple[Cell, int]]:
        """The longest path from a format with room to a track with room (Bellman and Ford)."""
        starts = {
            format_: room.next_gain(self.by_format[format_])
            for format_, room in self.formats.items()
            if self.by_format[format_] < room.most
        }
        reached, into, out_of = self._longest_paths(starts)
        ends = {
            track: gain + self.tracks[track].next_gain(self.by_track[track])
            for track, gain in reached.items()
            if self.by_track[track] < self.tracks[track].most
        }
        if not ends:
            return []
        track: Key | None = max(ends, key=lambda track: ends[track])
        format_ = into[track]
        chain = [((format_, track), +1)]
        while format_ in out_of:
            track = out_of[format_]
            chain.append(((format_, track), -1))
            format_ = into[track]
            chain.append(((format_, track), +1))
        return chain

    def _longest_paths(
        self, starts: dict[Key | None, int]
    ) -> tuple[dict[Key | None, int], dict[Key | None, Key | None], dict[Key | None, Key | None]]:
        """The best gain at each track; the way there: format before track, track before format."""
        at_format, at_track = dict(starts), dict[Key | None, int]()
        into, out_of = dict[Key | None, Key | None](), dict[Key | None, Key | None]()
        improved = True
        while improved:
            improved = False
            for cell, values in self.cells.items():
                format_, track = cell
                taken = self.taken[cell]
                if format_ in at_format and taken < len(values):
                    gain = at_format[format_] + values[taken]
                    if track not in at_track or gain > at_track[track]:
                        at_track[track], into[track], improved = gain, format_, True
                if track in at_track and taken > 0:
                    gain = at_track[track] - values[taken - 1]
                    if format_ not in at_format or gain > at_format[format_]:
                        at_format[format_], out_of[format_], improved = gain, track, True
        return at_track, into, out_of
