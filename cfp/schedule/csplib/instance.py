"""What is to be planned: talks, tracks, sessions and rooms as CSPLib's Excel file tells them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from zipfile import BadZipFile

from cfp.schedule.csplib import cells
from cfp.schedule.csplib.cells import Row

Sheets = Mapping[str, Sequence[Row]]
Matrix = tuple[tuple[float, ...], ...]

KEYS = (
    *("ts", "tr", "sr", "sim", "rooms", "par", "cons", "tz", "order", "ss", "srm"),
    *("pres", "att", "chair", "pres_ts", "att_ts"),
)
FIRST_PENALTY = 7  # the columns before it tell the talk itself
FINEST = 1000  # prices are whole numbers of such parts where not all of them are whole


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
    by_session: tuple[float, ...]
    by_room: tuple[float, ...]


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
    less_penalty: float
    unsuitable_penalty: float


@dataclass(frozen=True, eq=False)
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
    weights: Mapping[str, float]
    hours: Hours

    @cached_property
    def scale(self) -> int:
        """What prices are multiplied with to be whole numbers."""
        matrices = (self.track_session, self.track_room, self.session_room, self.similar)
        values: set[float] = {cell for matrix in matrices for row in matrix for cell in row}
        values |= {cell for talk in self.talks for cell in (*talk.by_session, *talk.by_room)}
        values |= {self.hours.less_penalty, self.hours.unsuitable_penalty}
        values |= set(self.weights.values())
        return 1 if all(value == int(value) for value in values) else FINEST

    def price(self, key: str, value: float = 1) -> int:
        """What a value of this penalty costs, as a whole number of the scale's parts."""
        return round(value * self.weights[key] * self.scale)


def read(path: Path) -> Instance:
    """The instance of an Excel file; ``ValueError`` where it is none."""
    import openpyxl  # noqa: PLC0415  the web process never loads it
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, BadZipFile, KeyError, OSError) as error:
        raise ValueError(f"{path.name} is no Excel file.") from error
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # some programs write wrong ones
        return from_sheets({s.title: list(s.iter_rows(values_only=True)) for s in book.worksheets})
    finally:
        book.close()


def from_sheets(sheets: Sheets) -> Instance:
    """The instance told by the rows of each sheet, the first row being the header."""
    told = {cells.key(title): rows for title, rows in sheets.items()}
    missing = {"submissions", "tracks", "sessions", "rooms"} - set(told)
    if missing:
        raise ValueError(f"The file has no sheet {', '.join(sorted(missing))}.")
    sessions = tuple(map(_session, _named(told["sessions"])))
    slots = _different([session.name for session in sessions], "sessions")
    tracks = _different([cells.name(row[0]) for row in _named(told["tracks"])], "tracks")
    rooms = _different([cells.name(row[0]) for row in _named(told["rooms"])], "rooms")
    parameters = told.get("parameters", ())
    return Instance(
        talks=_talks(told["submissions"], tracks, slots, rooms),
        tracks=tracks,
        chairs=tuple(cells.people(cells.at(row, 1)) for row in _named(told["tracks"])),
        sessions=sessions,
        rooms=rooms,
        track_session=_matrix(told, "tracks_sessions|penalty", tracks, slots),
        track_room=_matrix(told, "tracks_rooms|penalty", tracks, rooms),
        session_room=_matrix(told, "sessions_rooms|penalty", slots, rooms),
        similar=_by_position(told.get("similar tracks", ()), len(tracks)),
        weights=_weights(parameters),
        hours=_hours(parameters),
    )


def _session(row: Row) -> Session:
    start, end = (cells.minutes(cells.at(row, place)) for place in (3, 4))
    return Session(cells.name(row[0]), cells.count(cells.at(row, 1)), start, end)


def _talks(
    rows: Sequence[Row], tracks: Sequence[str], sessions: Sequence[str], rooms: Sequence[str]
) -> tuple[Talk, ...]:
    track_of, header = cells.Names(tracks), list(rows[0]) if rows else []
    # a session and a room of one name: the sessions' columns come first
    penalties = [None] * FIRST_PENALTY + header[FIRST_PENALTY:]
    columns = [cells.Names(penalties).find(name) for name in sessions]
    rest = [None if place in columns else cell for place, cell in enumerate(penalties)]
    room_columns = [cells.Names(rest).find(name) for name in rooms]
    talks = []
    for row in _named(rows):
        track = track_of.find(cells.at(row, 1))
        if track is None:
            wrong = cells.at(row, 1)
            raise ValueError(f"The talk {row[0]} names a track that is not listed: {wrong}.")
        talks.append(
            Talk(
                name=cells.name(row[0]),
                track=track,
                slots=cells.count(cells.at(row, 2), least=1),
                order=cells.count(cells.at(row, 3)),
                zone=cells.zone(cells.at(row, 4)),
                presenters=cells.people(cells.at(row, 5)),
                attendees=cells.people(cells.at(row, 6)),
                by_session=tuple(cells.number(cells.at(row, each)) for each in columns),
                by_room=tuple(cells.number(cells.at(row, each)) for each in room_columns),
            )
        )
    _different([talk.name for talk in talks], "submissions")
    return tuple(talks)


def _weights(rows: Sequence[Row]) -> dict[str, float]:
    lines = [*rows[1:17], *[()] * len(KEYS)]
    return {key: cells.number(cells.at(row, 4)) for key, row in zip(KEYS, lines, strict=False)}


def _hours(rows: Sequence[Row]) -> Hours:
    told = [cells.at(row, 1) for row in [*rows[1:11], *[()] * 10]]
    return Hours(
        zone=cells.zone(told[0]),
        suitable=(cells.minutes(told[2]), cells.minutes(told[3])),
        less_suitable=(cells.minutes(told[5]), cells.minutes(told[6])),
        less_penalty=cells.number(told[7]),
        unsuitable_penalty=cells.number(told[9]),
    )


def _matrix(sheets: Sheets, title: str, down: Sequence[str], across: Sequence[str]) -> Matrix:
    rows = sheets.get(title) or [()]
    names = cells.Names(rows[0][1:])
    columns = [None if (place := names.find(each)) is None else place + 1 for each in across]
    lines = cells.Names(cells.at(row, 0) for row in rows[1:])
    found = [() if (place := lines.find(each)) is None else rows[place + 1] for each in down]
    return tuple(tuple(cells.number(cells.at(row, each)) for each in columns) for row in found)


def _by_position(rows: Sequence[Row], size: int) -> Matrix:
    lines = [*rows[1 : size + 1], *[()] * size][:size]
    return tuple(
        tuple(cells.number(cells.at(row, 1 + place)) for place in range(size)) for row in lines
    )


def _named(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows[1:] if row and cells.key(row[0])]


def _different(names: Sequence[str], sheet: str) -> tuple[str, ...]:
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise ValueError(f"The sheet {sheet} names {twice[0]} twice.")
    return tuple(names)
