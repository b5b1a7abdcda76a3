"""Talks laid out so far, and where one more still fits by the rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from cfp.schedule.problem import Talk
from cfp.schedule.rules.blocks import block_name, blocks, inside
from cfp.schedule.rules.board import Spot, day_of
from cfp.schedule.rules.parts import next_starts
from cfp.schedule.rules.people import most_talks_a_day
from cfp.schedule.solver.grid import (
    Grid,
    Mask,
    Position,
    mask_of,
    minutes_of,
    reaching_into,
    span_mask,
)


class Layout:
    """Positions of some talks that break no strict rule among themselves."""

    def __init__(self, grid: Grid, positions: Mapping[str, Position] | None = None) -> None:
        self.grid = grid
        self.spots: dict[str, Spot] = {}
        self.in_room: dict[str, dict[str, Spot]] = {room: {} for room in grid.problem.room}
        self._busy: dict[str, list[Mask]] = {
            room.id: [0] * room.parallel for room in grid.problem.rooms
        }
        for name, position in (positions or {}).items():
            self.put(name, position)

    @property
    def positions(self) -> dict[str, Position]:
        return {name: (spot.room, spot.start) for name, spot in self.spots.items()}

    def put(self, name: str, position: Position) -> None:
        talk = self.grid.problem.talk[name]
        room, start = position
        spot = Spot(talk, room, start, start + talk.minutes)
        self.spots[name] = self.in_room[room][name] = spot
        minutes = span_mask(spot.start, spot.end)
        lanes = self._busy[room]
        free = next((lane for lane, busy in enumerate(lanes) if not busy & minutes), 0)
        lanes[free] |= minutes

    def take(self, name: str) -> None:
        spot = self.spots.pop(name)
        others = self.in_room[spot.room]
        del others[name]
        self._busy[spot.room] = [0] * len(self._busy[spot.room])
        for other in sorted(others.values(), key=lambda other: other.start):
            self.put(other.talk.id, (other.room, other.start))

    def free_starts(self, talk: Talk) -> Iterator[tuple[str, Mask]]:
        """Where the talk may start without breaking a strict rule, room by room."""
        banned = self.banned_anywhere(talk)
        required = list(self.required(talk))
        for room in self.grid.starts(talk):
            open_ = self._open(talk, room, banned, required)
            if open_:
                yield room, open_

    def free_starts_in(self, talk: Talk, room: str) -> Mask:
        """The same for one room."""
        return self._open(talk, room, self.banned_anywhere(talk), list(self.required(talk)))

    def _open(self, talk: Talk, room: str, banned: Mask, required: list[tuple[str, Mask]]) -> Mask:
        open_ = self.grid.starts(talk).get(room, 0) & ~banned
        open_ &= ~self.occupied(room, talk.minutes) if open_ else 0
        for person in talk.people if open_ else ():
            open_ &= ~self.elsewhere(talk, person, room)
        open_ &= ~self.of_other_tracks(talk, room) if open_ else 0
        for where, starts in required:
            open_ &= starts if where == room else 0
        return open_

    def occupied(self, room: str, minutes: int, *, changing: bool = True) -> Mask:
        """Starts at which no lane of the room is free for so long, changing over included."""
        if not self.grid.strictly("one-talk-per-room"):
            return 0
        gap = self.grid.gap(room) if changing else 0
        taken = -1
        for busy in self._busy[room]:
            taken &= (
                reaching_into(busy << gap, minutes + 2 * gap)
                if gap
                else (reaching_into(busy, minutes))
            )
        return taken

    def elsewhere(self, talk: Talk, person: str, room: str) -> Mask:
        """Starts at which the person is busy, or could not walk from or to another talk."""
        busy, problem = 0, self.grid.problem
        if self.grid.strictly("speaker-once"):
            for other in problem.talks_of[person]:
                spot = self.spots.get(other.id)
                if spot and other is not talk:
                    way = problem.walking(room, spot.room)
                    busy |= span_mask(spot.start - talk.minutes - way + 1, spot.end + way)
        return busy

    def of_other_tracks(self, talk: Talk, room: str) -> Mask:
        """Starts in blocks of the room that another track has."""
        taken = 0
        if talk.track and self.grid.strictly("one-track-a-block"):
            others = [
                s for s in self.in_room[room].values() if s.talk.track not in {None, talk.track}
            ]
            for block in blocks(self.grid.problem)[room] if others else ():
                free = self.grid.waived("one-track-a-block", block_name(room, block))
                if not free and any(inside(spot, block) for spot in others):
                    taken |= span_mask(block[0] - talk.minutes + 1, block[1])
        return taken

    def banned_anywhere(self, talk: Talk) -> Mask:
        """Starts that other talks forbid, in whatever room they are."""
        grid, banned = self.grid, 0
        for name in grid.pairs.apart[talk.id]:
            if name in self.spots:
                other = self.spots[name]
                banned |= span_mask(other.start - talk.minutes + 1, other.end)
        for before, after in grid.pairs.ordered[talk.id]:
            if before == talk.id and after in self.spots:
                banned |= ~span_mask(0, self.spots[after].start - talk.minutes + 1)
            elif after == talk.id and before in self.spots:
                banned |= span_mask(0, self.spots[before].end)
        for day in self._full_days(talk):
            banned |= grid.day_masks[day]
        return banned

    def _full_days(self, talk: Talk) -> Iterator[date]:
        """Days on which somebody of this talk has all the talks that were agreed."""
        problem = self.grid.problem
        if not self.grid.strictly("talks-per-day"):
            return
        for person in talk.people:
            most = most_talks_a_day(problem, person)
            if most is None or self.grid.waived("talks-per-day", person):
                continue
            others = [t for t in problem.talks_of[person] if t is not talk and t.id in self.spots]
            on = [day_of(problem, self.spots[other.id]) for other in others]
            yield from (day for day in problem.days if on.count(day) >= most)

    def required(self, talk: Talk) -> Iterator[tuple[str, Mask]]:
        """If another part is placed: the only starts that follow it or that it follows."""
        for before, after in self.grid.pairs.consecutive:
            if after is talk and before.id in self.spots:
                yield self.starts_after(talk, self.spots[before.id])
            elif before is talk and after.id in self.spots:
                yield self.starts_before(talk, self.spots[after.id])

    def starts_after(self, talk: Talk, part: Spot) -> tuple[str, Mask]:
        """The starts at which this next part follows without delay."""
        return part.room, mask_of(next_starts(self.grid.problem, talk, part.room, part.end))

    def starts_before(self, talk: Talk, part: Spot) -> tuple[str, Mask]:
        """Starts after which this next part follows without delay."""
        problem, starts = self.grid.problem, self.grid.starts(talk).get(part.room, 0)
        earlier = starts & span_mask(0, part.start)
        return part.room, mask_of(
            start
            for start in minutes_of(earlier)
            if part.start in next_starts(problem, part.talk, part.room, start + talk.minutes)
        )
