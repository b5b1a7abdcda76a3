"""Made-up conferences of blocks in CSPLib's format, of any size, around a plan that exists."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time
from random import Random
from typing import Any

KEYS = (
    *("ts", "tr", "sr", "sim", "rooms", "par", "cons", "tz", "order", "ss", "srm"),
    *("pres", "att", "chair", "pres_ts", "att_ts"),
)
Sheets = dict[str, list[list[Any]]]
NEVER = 10_000


@dataclass(frozen=True)
class Recipe:
    """How large the conference is, how full its cells are, and what its people mind."""

    talks: int
    tracks: int
    sessions: int
    rooms: int
    slots: tuple[int, ...] = (4,)
    full: float = 0.9  # of the slots of a track's cells
    long: float = 0.0  # share of talks of two or three slots
    ordered: float = 0.0
    remote: float = 0.0  # share of talks whose presenter is far away
    busy: float = 0.15  # share of talks whose presenter has another one
    visitors: int = 0  # the most that a talk has
    chaired: float = 0.0
    away: float = 0.05  # share of talks that mind most sessions
    choosy: float = 0.0  # share of talks that mind most rooms
    weights: tuple[tuple[str, int], ...] = ()

    def with_(self, **changes: Any) -> Recipe:
        return replace(self, **changes)


LIKE_GECCO = (
    *(("ts", 100), ("tr", 1), ("sr", 10), ("sim", 1), ("rooms", 1), ("par", 1), ("cons", 10)),
    *(("order", 1), ("ss", 100), ("pres", 100_000), ("att", 1), ("chair", 100_000)),
)
BY_SLOT = (
    *(("ts", 10), ("tr", 10), ("sim", 10), ("rooms", 100), ("par", 1000), ("cons", 1000)),
    *(("tz", 10), ("order", 100), ("ss", 10), ("srm", 10), ("att", 1)),
    *(("pres_ts", 100_000), ("att_ts", 100), ("chair", 10_000)),
)
EVERYTHING = tuple((key, 1) for key in KEYS)

RECIPES = {
    "small": Recipe(24, 5, 4, 3, weights=LIKE_GECCO, visitors=1),
    "everything": Recipe(
        60, 10, 6, 5, slots=(4, 3), long=0.2, ordered=0.3, remote=0.3, visitors=2,
        chaired=0.3, choosy=0.1, weights=EVERYTHING,
    ),
    "zones": Recipe(
        140, 26, 16, 5, slots=(3, 4), full=0.9, remote=0.6, ordered=0.2, visitors=1, chaired=0.3,
        weights=(*LIKE_GECCO, ("tz", 10)),
    ),
    "slots": Recipe(
        230, 20, 9, 9, slots=(4, 3, 5), long=0.25, ordered=0.2, remote=0.2, visitors=2, chaired=0.5,
        choosy=0.1, weights=BY_SLOT,
    ),
    "wide": Recipe(
        500, 30, 8, 23, slots=(4, 3), full=0.93, busy=0.2, visitors=1, chaired=0.4, ordered=0.1,
        weights=LIKE_GECCO,
    ),
    "tight": Recipe(
        340, 30, 13, 8, slots=(3, 4), full=1.0, busy=0.3, visitors=3, ordered=0.2,
        weights=LIKE_GECCO,
    ),
    "vast": Recipe(
        900, 45, 12, 25, slots=(4, 5), full=0.9, long=0.1, busy=0.2, visitors=4, chaired=0.5,
        remote=0.2, ordered=0.1, choosy=0.05, weights=(*BY_SLOT, ("pres", 100)),
    ),
}  # fmt: skip


def make(recipe: Recipe, seed: int = 1) -> Sheets:
    """The sheets of such a conference."""
    return _Maker(recipe, Random(seed)).sheets()  # noqa: S311  a repeatable conference


class _Maker:
    def __init__(self, recipe: Recipe, rng: Random) -> None:
        self.recipe, self.rng = recipe, rng
        self.sessions = [f"Session {n + 1}" for n in range(recipe.sessions)]
        self.slots = [rng.choice(recipe.slots) for _ in self.sessions]
        self.rooms = [f"Room {chr(65 + n)}" for n in range(recipe.rooms)]
        self.tracks = [f"Track {n + 1}" for n in range(recipe.tracks)]
        self.people = [f"person{n}" for n in range(recipe.talks)]
        self.cells = self._cells()

    def _cells(self) -> dict[str, list[int]]:
        """The sessions of each track's cells in the plan that exists."""
        free = [s for s in range(len(self.sessions)) for _ in self.rooms]
        self.rng.shuffle(free)
        told, wanted = self.recipe, len(self.tracks)
        slots = sum(self.slots) / len(self.slots) * told.full
        cells = min(len(free), max(wanted, -(-told.talks // max(1, int(slots)))))
        shares = [self.rng.random() ** 2 + 0.1 for _ in self.tracks]
        found: dict[str, list[int]] = {track: [free.pop()] for track in self.tracks}
        for track in self.rng.choices(self.tracks, shares, k=cells - wanted):
            found[track].append(free.pop())
        return found

    def sheets(self) -> Sheets:
        low = self._chance
        return {
            "parameters": self._parameters(),
            "submissions": self._submissions(),
            "tracks": [["Tracks", "Chairs"], *([t, self._chairs()] for t in self.tracks)],
            "sessions": self._sessions(),
            "rooms": [["Rooms"], *([room] for room in self.rooms)],
            "tracks_sessions|penalty": self._matrix(
                self.tracks, self.sessions, lambda: low(0.1, 10) or low(0.05, NEVER)
            ),
            "tracks_rooms|penalty": self._matrix(
                self.tracks, self.rooms, lambda: low(0.1, 10) or low(0.05, NEVER)
            ),
            "sessions_rooms|penalty": self._matrix(
                self.sessions, self.rooms, lambda: low(0.03, NEVER)
            ),
            "similar tracks": self._matrix(
                self.tracks, self.tracks, lambda: low(0.04, 20) or low(0.01, NEVER)
            ),
        }

    def _chance(self, share: float, value: Any) -> Any:
        return value if self.rng.random() < share else None

    def _matrix(self, down: list[str], across: list[str], cell: Any) -> list[list[Any]]:
        return [[None, *across], *([name, *(cell() for _ in across)] for name in down)]

    def _parameters(self) -> list[list[Any]]:
        rows: list[list[Any]] = [[None] * 5 for _ in range(17)]
        told = {1: "GMT+1", 3: time(9), 4: time(18), 6: time(7), 7: time(22), 8: 1, 10: 10}
        for row, value in told.items():
            rows[row][1] = value
        weights = dict(self.recipe.weights)
        for row, key in enumerate(KEYS, start=1):
            rows[row][4] = weights.get(key, 0)
        return rows

    def _sessions(self) -> list[list[Any]]:
        head = ["Sessions", "Max Number of Timeslots", "Date", "Start Time", "End Time"]
        rows: list[list[Any]] = [head]
        for number, (name, slots) in enumerate(zip(self.sessions, self.slots, strict=True)):
            day, start = date(2027, 7, 5 + number // 5), 9 + 2 * (number % 5)
            rows.append([name, slots, day, time(start), time(start + 1, 40)])
        return rows

    def _chairs(self) -> str | None:
        return self._chance(self.recipe.chaired, self.rng.choice(self.people))

    def _submissions(self) -> list[list[Any]]:
        told = self.recipe
        head = ["Reference", "Track", "Required Timeslots", "Order", "Time Zone"]
        rows: list[list[Any]] = [
            [*head, "Presenters", "Attendees", *self.sessions, *self.rooms],
        ]
        for track, sessions in self.cells.items():
            order = 0
            for session in sessions:
                left = max(1, round(self.slots[session] * told.full))
                while left and len(rows) <= told.talks:
                    needs = min(left, self.rng.choice((2, 3)) if self._chance(told.long, 1) else 1)
                    left, order = left - needs, order + 1
                    rows.append(self._talk(len(rows), track, needs, order, session))
        return rows

    def _talk(self, number: int, track: str, needs: int, order: int, session: int) -> list[Any]:
        told, rng = self.recipe, self.rng
        who = [self.people[number - 1]]
        if self._chance(told.busy, 1):
            who.append(rng.choice(self.people))
        visitors = rng.sample(self.people, rng.randint(0, told.visitors))
        zone = rng.randint(-8, 9) if self._chance(told.remote, 1) else 1
        by_session: list[Any] = [None] * len(self.sessions)
        if self._chance(told.away, 1):
            by_session = [rng.choice((1, 10)) for _ in self.sessions]
            by_session[session] = None
        by_room: list[Any] = [None] * len(self.rooms)
        if self._chance(told.choosy, 1):
            by_room = [rng.choice((None, 1, 10)) for _ in self.rooms]
        wanted = order if self._chance(told.ordered, 1) else 0
        zoned = f"GMT{zone:+d}"
        people = [", ".join(who), ", ".join(visitors) or None]
        return [f"talk{number}", track, needs, wanted, zoned, *people, *by_session, *by_room]
