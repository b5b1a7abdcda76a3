"""What is to be planned: talks, tracks, sessions and rooms as CSPLib's Excel file tells them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from pathlib import Path

Row = Sequence[object]
Sheets = Mapping[str, Sequence[Row]]
Matrix = tuple[tuple[int, ...], ...]

KEYS = (
    *("ts", "tr", "sr", "sim", "rooms", "par", "cons", "tz", "order", "ss", "srm"),
    *("pres", "att", "chair", "pres_ts", "att_ts"),
)
FIRST_PENALTY = 7  # the columns before it tell the talk itself
DAY = 24 * 60


@dataclass(frozen=True)
class Talk:
    """A submission; its track by number, its penalties by session and by room."""

    name: str
    track: int
    slots: int
    order: int  # 0 is none
    zone: int  # minutes east of Greenwich
    presenters: frozenset[str]
    attendees: frozenset[str]
    by_session: tuple[int, ...]
    by_room: tuple[int, ...]


@dataclass(frozen=True)
class Session:
    """A stretch of time; start and end in minutes of the conference's day."""

    name: str
    slots: int
    start: int
    end: int


@dataclass(frozen=True)
class Hours:
    """When remote presenters are asked to speak, in minutes of their own day."""

    zone: int
    suitable: tuple[int, int]
    less_suitable: tuple[int, int]
    less_penalty: int
    unsuitable_penalty: int


@dataclass(frozen=True)
class Instance:
    """A whole puzzle; matrices are addressed by the numbers of tracks, sessions and rooms."""

    talks: tuple[Talk, ...]
    tracks: tuple[str, ...]
    chairs: tuple[frozenset[str], ...]
    sessions: tuple[Session, ...]
    rooms: tuple[str, ...]
    track_session: Matrix
    track_room: Matrix
    session_room: Matrix
    similar: Matrix
    weights: Mapping[str, int]
    hours: Hours


def read(path: Path) -> Instance:
    """The instance of an Excel file; ``ValueError`` where it is none."""
    import openpyxl  # noqa: PLC0415  the web process never loads it

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        return from_sheets({s.title: list(s.iter_rows(values_only=True)) for s in book.worksheets})
    finally:
        book.close()


def from_sheets(sheets: Sheets) -> Instance:
    """The instance told by the rows of each sheet, the first row being the header."""
    missing = {"parameters", "submissions", "tracks", "sessions", "rooms"} - set(sheets)
    if missing:
        raise ValueError(f"The file has no sheet {', '.join(sorted(missing))}.")
    sessions = tuple(
        Session(str(row[0]), _number(row[1]), _minutes(row[3]), _minutes(row[4]))
        for row in _named(sheets["sessions"])
    )
    slots = tuple(session.name for session in sessions)
    tracks = tuple(str(row[0]) for row in _named(sheets["tracks"]))
    rooms = tuple(str(row[0]) for row in _named(sheets["rooms"]))
    return Instance(
        talks=_talks(sheets["submissions"], tracks, slots, rooms),
        tracks=tracks,
        chairs=tuple(_people(_at(row, 1)) for row in _named(sheets["tracks"])),
        sessions=sessions,
        rooms=rooms,
        track_session=_matrix(sheets, "tracks_sessions|penalty", tracks, slots),
        track_room=_matrix(sheets, "tracks_rooms|penalty", tracks, rooms),
        session_room=_matrix(sheets, "sessions_rooms|penalty", slots, rooms),
        similar=_by_position(sheets.get("similar tracks", ()), len(tracks)),
        weights=_weights(sheets["parameters"]),
        hours=_hours(sheets["parameters"]),
    )


def _talks(
    rows: Sequence[Row], tracks: Sequence[str], sessions: Sequence[str], rooms: Sequence[str]
) -> tuple[Talk, ...]:
    header = [None if cell is None else str(cell) for cell in rows[0]]
    column = {name: place for place, name in enumerate(header) if place >= FIRST_PENALTY}
    talks = []
    for row in _named(rows):
        if str(row[1]) not in tracks:
            raise ValueError(f"The talk {row[0]} names a track that is not listed: {row[1]}.")
        talks.append(
            Talk(
                name=str(row[0]),
                track=tracks.index(str(row[1])),
                slots=_number(row[2]),
                order=_number(row[3]),
                zone=_zone(row[4]),
                presenters=_people(_at(row, 5)),
                attendees=_people(_at(row, 6)),
                by_session=tuple(_number(_at(row, column.get(name))) for name in sessions),
                by_room=tuple(_number(_at(row, column.get(name))) for name in rooms),
            )
        )
    return tuple(talks)


def _weights(rows: Sequence[Row]) -> dict[str, int]:
    return {key: _number(_at(row, 4)) for key, row in zip(KEYS, rows[1:17], strict=True)}


def _hours(rows: Sequence[Row]) -> Hours:
    told = [_at(row, 1) for row in rows[1:11]]
    return Hours(
        zone=_zone(told[0]),
        suitable=(_minutes(told[2]), _minutes(told[3])),
        less_suitable=(_minutes(told[5]), _minutes(told[6])),
        less_penalty=_number(told[7]),
        unsuitable_penalty=_number(told[9]),
    )


def _matrix(sheets: Sheets, name: str, down: Sequence[str], across: Sequence[str]) -> Matrix:
    rows = sheets.get(name) or [()]
    column = {str(cell): place for place, cell in enumerate(rows[0]) if place and cell is not None}
    found = {str(row[0]): row for row in _named(rows)}
    return tuple(
        tuple(_number(_at(found.get(line, ()), column.get(each))) for each in across)
        for line in down
    )


def _by_position(rows: Sequence[Row], size: int) -> Matrix:
    lines = [*rows[1 : size + 1], *[()] * size][:size]
    return tuple(tuple(_number(_at(row, 1 + place)) for place in range(size)) for row in lines)


def _named(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows[1:] if row and row[0] not in (None, "")]


def _at(row: Row, place: int | None) -> object:
    return None if place is None or place >= len(row) else row[place]


def _number(cell: object) -> int:
    number = float(str(cell)) if cell not in (None, "") else 0.0
    if number != int(number) or number < 0:
        raise ValueError(f"A whole number is expected, not {cell}.")
    return int(number)


def _people(cell: object) -> frozenset[str]:
    return frozenset(name.strip() for name in str(cell or "").split(", ") if name.strip())


def _minutes(cell: object) -> int:
    if isinstance(cell, time):
        return cell.hour * 60 + cell.minute
    hour, minute, *_ = [*str(cell or "0:0").split(":"), "0"]
    return int(hour) * 60 + int(minute)


def _zone(cell: object) -> int:
    told = str(cell or "").strip().upper().removeprefix("GMT")
    if ":" in told:
        hours, minutes = told.split(":")
        return int(hours) * 60 + (-int(minutes) if hours.startswith("-") else int(minutes))
    return round(float(told or 0) * 60)
