"""CSPLib's penalties a second time, from raw rows and in plain loops: an oracle for the first.

It shares no code with the product; where both are wrong they are wrong for different reasons.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Rows = Sequence[Sequence[Any]]

NAMES = "ts tr sr sim rooms par cons tz order ss srm pres att chair pres_ts att_ts"
WEIGHT_ROWS = {name: row for row, name in enumerate(NAMES.split(), start=1)}


def table(rows: Rows) -> dict[tuple[str, str], Any]:
    """Row name and column name to a cell's value."""
    found = {}
    for row in rows[1:]:
        for at in range(1, min(len(row), len(rows[0]))):
            if row[0] and rows[0][at]:
                found[row[0], rows[0][at]] = row[at] or 0
    return found


def minutes(moment: Any) -> int:
    return int(moment.hour * 60 + moment.minute)


def people(cell: Any) -> list[str]:
    return cell.split(", ") if cell else []


class Evaluator:
    """Reads the sheets and a solution; ``penalties()`` counts, ``objective()`` weighs."""

    def __init__(self, sheets: Mapping[str, Rows], solution: Rows) -> None:
        self.sheets = sheets
        self.talk = {row[0]: row for row in sheets["submissions"][1:] if row[0]}
        self.wish = table(sheets["submissions"])
        self.tracks = [row[0] for row in sheets["tracks"][1:] if row[0]]
        self.chairs = {row[0]: people(row[1]) for row in sheets["tracks"][1:] if row[0]}
        self.sessions = [row for row in sheets["sessions"][1:] if row[0]]
        self.number = {row[0]: at for at, row in enumerate(self.sessions)}
        self.rooms = [row[0] for row in sheets["rooms"][1:] if row[0]]
        self.where: dict[str, list[tuple[int, int, int]]] = {name: [] for name in self.talk}
        seen: dict[str, int] = {}
        for row in solution[len(self.sessions) + 2 :]:
            slot = seen.get(row[0], 0)
            seen[row[0]] = slot + 1
            for column, name in enumerate(solution[0]):
                if column and name and row[column]:
                    spot = (self.number[row[0]], self.rooms.index(name), slot)
                    self.where[row[column]].append(spot)
        self.cells: dict[tuple[int, int], str] = {}
        for name, spots in self.where.items():
            for session, room, _ in spots:
                self.cells[session, room] = self.talk[name][1]

    def penalties(self) -> dict[str, int]:
        found = dict.fromkeys(WEIGHT_ROWS, 0)
        self._cells(found)
        self._tracks(found)
        self._talks(found)
        self._people(found)
        return found

    def objective(self) -> int:
        parameters = self.sheets["parameters"]
        return sum(
            value * int(parameters[WEIGHT_ROWS[key]][4] or 0)
            for key, value in self.penalties().items()
        )

    def _cells(self, found: dict[str, int]) -> None:
        by_session = table(self.sheets["tracks_sessions|penalty"])
        by_room = table(self.sheets["tracks_rooms|penalty"])
        opened = table(self.sheets["sessions_rooms|penalty"])
        similar = self.sheets["similar tracks"]
        for (session, room), track in self.cells.items():
            name = self.sessions[session][0]
            found["ts"] += by_session.get((track, name), 0)
            found["tr"] += by_room.get((track, self.rooms[room]), 0)
            found["sr"] += opened.get((name, self.rooms[room]), 0)
            for beside in range(room + 1, len(self.rooms)):
                other = self.cells.get((session, beside))
                if other is None:
                    continue
                if any(chair in self.chairs[other] for chair in self.chairs[track]):
                    found["chair"] += 1
                low, high = sorted((self.tracks.index(track), self.tracks.index(other)))
                if low != high:
                    found["sim"] += similar[low + 1][high + 1] or 0

    def _tracks(self, found: dict[str, int]) -> None:
        for track in self.tracks:
            cells = [cell for cell, held in self.cells.items() if held == track]
            if not cells:
                continue
            found["rooms"] += len({room for _, room in cells}) - 1
            sessions = sorted({session for session, _ in cells})
            found["par"] += len(cells) - len(sessions)
            if sessions != list(range(sessions[0], sessions[0] + len(sessions))):
                found["cons"] += 1
            names = [name for name, row in self.talk.items() if row[1] == track]
            names.sort(key=lambda name: self.where[name][0])
            for position, name in enumerate(names):
                order = self.talk[name][3] or 0
                if order and order != position + 1:
                    found["order"] += 1
                for later in names[position + 1 :]:
                    if order and self.talk[later][3] and self._at_once(name, later):
                        found["order"] += 1

    def _talks(self, found: dict[str, int]) -> None:
        for name, row in self.talk.items():
            session, room, _ = self.where[name][0]
            slots = len(self.where[name])
            found["ss"] += slots * self.wish[name, self.sessions[session][0]]
            found["srm"] += slots * self.wish[name, self.rooms[room]]
            found["tz"] += slots * self._zone(row[4], self.sessions[session])

    def _zone(self, zone: str, session: Sequence[Any]) -> int:
        told = [row[1] for row in self.sheets["parameters"]]
        east = (int(zone[3:]) - int(told[1][3:])) * 60
        start = (minutes(session[3]) + east) % 1440
        end = (minutes(session[4]) + east) % 1440
        if start < minutes(told[6]) or end > minutes(told[7]) or end < minutes(told[6]):
            return int(told[10])
        if start < minutes(told[3]) or end > minutes(told[4]):
            return int(told[8])
        return 0

    def _at_once(self, one: str, other: str) -> bool:
        times = {(session, slot) for session, _, slot in self.where[one]}
        return any((session, slot) in times for session, _, slot in self.where[other])

    def _people(self, found: dict[str, int]) -> None:
        names = list(self.talk)
        for at, one in enumerate(names):
            for other in names[at + 1 :]:
                here, there = self.where[one][0], self.where[other][0]
                apart = here[0] == there[0] and here[1] != there[1]
                for kind, column in (("pres", 5), ("att", 6)):
                    if self._conflict(one, other, column):
                        found[kind] += apart
                        found[f"{kind}_ts"] += self._at_once(one, other)

    def _conflict(self, one: str, other: str, column: int) -> bool:
        for a, b in ((self.talk[one], self.talk[other]), (self.talk[other], self.talk[one])):
            for person in people(a[column]):
                if person in people(b[column]) or (column == 6 and person in people(b[5])):
                    return True
                if a[1] != b[1] and person in self.chairs[b[1]]:
                    return True
        return False
