"""What is to be planned: talks, tracks, sessions and rooms as CSPLib's Excel file tells them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from zipfile import BadZipFile

from cfp.schedule.csplib import cells
from cfp.schedule.csplib.cells import Row
from cfp.schedule.csplib.sheets import Sheet, Sheets, by_title, sheet_of, telling

Matrix = tuple[tuple[float, ...], ...]

KEYS = (
    *("ts", "tr", "sr", "sim", "rooms", "par", "cons", "tz", "order", "ss", "srm"),
    *("pres", "att", "chair", "pres_ts", "att_ts"),
)
OF_TALKS = (
    *("Reference", "Track", "Required Timeslots", "Order", "Time Zone"),
    *("Presenters", "Attendees"),
)
OF_SESSIONS = ("Sessions", "Max Number of Timeslots", "Date", "Start Time", "End Time")
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
    told = by_title(sheets)
    told_tracks, told_sessions = sheet_of(told, "tracks"), sheet_of(told, "sessions")
    tracks, slots = told_tracks.names(), told_sessions.names()
    rooms = sheet_of(told, "rooms").names()
    chairs = told_tracks.columns("Tracks", "Chairs")[1]
    parameters = told.get("parameters", ())
    with telling("parameters"):
        weights, hours = _weights(parameters), _hours(parameters)
    return Instance(
        talks=_talks(sheet_of(told, "submissions"), tracks, slots, rooms),
        tracks=tracks,
        chairs=tuple(cells.people(cells.at(row, chairs)) for row in told_tracks.rows),
        sessions=_sessions(told_sessions),
        rooms=rooms,
        track_session=_matrix(told, "tracks sessions penalty", tracks, slots),
        track_room=_matrix(told, "tracks rooms penalty", tracks, rooms),
        session_room=_matrix(told, "sessions rooms penalty", slots, rooms),
        similar=_by_position(told.get("similar tracks", ()), len(tracks)),
        weights=weights,
        hours=hours,
    )


def _sessions(sheet: Sheet) -> tuple[Session, ...]:
    _, slots, _, start, end = sheet.columns(*OF_SESSIONS)
    found = []
    for row in sheet.rows:
        name = cells.name(row[0])
        with telling(sheet.title, name):
            begins, ends = (cells.minutes(cells.at(row, place)) for place in (start, end))
            found.append(Session(name, cells.count(cells.at(row, slots)), begins, ends))
    return tuple(found)


def _talks(
    sheet: Sheet, tracks: Sequence[str], sessions: Sequence[str], rooms: Sequence[str]
) -> tuple[Talk, ...]:
    if sheet.rows:
        sheet.names()
    of, track_of = sheet.columns(*OF_TALKS), cells.Names(tracks)
    by_session, by_room = _penalty_columns(sheet.header, of, sessions, rooms)
    talks = []
    for row in sheet.rows:
        told, name = [cells.at(row, place) for place in of], cells.name(row[0])
        track = track_of.find(told[1])
        if track is None:
            raise ValueError(f"The talk {name} names a track that is not listed: {told[1]}.")
        with telling(sheet.title, name):
            talks.append(
                Talk(
                    name=name,
                    track=track,
                    slots=cells.count(told[2], least=1),
                    order=cells.count(told[3]),
                    zone=cells.zone(told[4]),
                    presenters=cells.people(told[5]),
                    attendees=cells.people(told[6]),
                    by_session=tuple(cells.number(cells.at(row, each)) for each in by_session),
                    by_room=tuple(cells.number(cells.at(row, each)) for each in by_room),
                )
            )
    return tuple(talks)


def _penalty_columns(
    header: Row, own: Sequence[int | None], sessions: Sequence[str], rooms: Sequence[str]
) -> tuple[list[int | None], list[int | None]]:
    """Columns of sessions, then of rooms; where a session and a room have one name, in turn."""
    rest = [None if place in own else cell for place, cell in enumerate(header)]
    by_session = [cells.Names(rest).find(name) for name in sessions]
    rest = [None if place in by_session else cell for place, cell in enumerate(rest)]
    return by_session, [cells.Names(rest).find(name) for name in rooms]


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


def _matrix(
    sheets: Mapping[str, Sequence[Row]], title: str, down: Sequence[str], across: Sequence[str]
) -> Matrix:
    if title not in sheets:
        return tuple((0,) * len(across) for _ in down)
    sheet = sheet_of(sheets, title)
    names = cells.Names(sheet.header[1:])
    columns = [None if (place := names.find(each)) is None else place + 1 for each in across]
    lines = cells.Names(row[0] for row in sheet.rows)
    found = [() if (place := lines.find(each)) is None else sheet.rows[place] for each in down]
    with telling(title):
        return tuple(tuple(cells.number(cells.at(row, each)) for each in columns) for row in found)


def _by_position(rows: Sequence[Row], size: int) -> Matrix:
    lines = [*rows[1 : size + 1], *[()] * size][:size]
    with telling("similar tracks"):
        return tuple(
            tuple(cells.number(cells.at(row, 1 + place)) for place in range(size)) for row in lines
        )
